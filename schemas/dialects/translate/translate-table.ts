import { parseExpression } from "../../languages/sql/translate/parse-query.ts";
import { postgresType } from "../../languages/sql/translate/types.ts";
import { Untranslatable } from "../../languages/sql/translate/query.ts";
import type { Scope } from "../../languages/sql/translate/scope.ts";
import { writeExpression } from "../../languages/sql/translate/write-postgres.ts";
import type { CheckConstraint, Column, Constraint, ForeignKey, Index, Table } from "../../model.ts";
import { columnId, parseObjectId } from "../../object-id.ts";
import { literal, path, quote, quoteList } from "../postgres/ddl/text.ts";
import { translateDefault } from "./translate-default.ts";
import type { TranslateContext } from "./translate-model.ts";
import { typeLimit } from "./type-limits.ts";

export function translateTable(context: TranslateContext, table: Table): Table {
  const { options: _options, grants: _grants, owner: _owner, partitionKey, ...rest } = table;
  if (partitionKey !== undefined) context.note(table.id, "its partitions are one table", table.origin?.created);
  for (const trigger of table.triggers)
    context.note(trigger.id, "a trigger is not translated", trigger.origin?.created);
  const columns = table.columns.map((column) => translateColumn(context, table, column));
  const scope = scopeOf(table);
  const constraints: Constraint[] = [];
  for (const constraint of table.constraints) {
    const made = translateConstraint(context, { table, scope }, constraint);
    if (made) constraints.push(made);
  }
  constraints.push(...labelChecks(table), ...limitChecks(context, table));
  const keys = constraints.flatMap((one) =>
    one.kind === "primary key" || one.kind === "unique" ? [keyIndex(table, one)] : [],
  );
  const indexes = table.indexes
    .filter(({ constraint }) => constraint === undefined || !table.constraints.some(({ name }) => name === constraint))
    .flatMap((index) => translateIndex(context, { table, scope }, index));
  return {
    ...rest,
    variant: "table",
    columns,
    constraints,
    indexes: [...indexes, ...keys],
    triggers: [],
    policies: [],
  };
}

interface Own {
  readonly table: Table;
  readonly scope: Scope;
}

/** In a table's own expressions its columns stand alone. */
function scopeOf(table: Table): Scope {
  const byName = new Map(table.columns.map((one) => [one.name.toLowerCase(), one]));
  const find = (path: readonly string[]): Column | undefined => byName.get((path.at(-1) ?? "").toLowerCase());
  return { familyOf: (path) => find(path)?.type.family ?? null, columnName: (path) => find(path)?.name ?? null };
}

function translateColumn(context: TranslateContext, table: Table, column: Column): Column {
  const {
    default: value,
    defaultName: _name,
    collation: _collation,
    charset: _charset,
    onUpdate,
    generated,
    invisible: _hidden,
    ...rest
  } = column;
  const at = column.origin?.created;
  const alias = context.model.domains.find(({ id }) => id === column.type.typeId);
  const found = postgresType(alias?.base.raw ?? column.type.raw);
  if (!found) context.note(column.id, `the type ${column.type.raw || "of an expression"} is a text`, at);
  else if (found.note !== undefined) context.note(column.id, `${column.type.raw}: ${found.note}`, at);
  if (onUpdate !== undefined) context.note(column.id, "its value does not follow an update", at);
  const raw = found?.type ?? "text";
  const { typeId: _type, ...type } = { ...column.type, raw };
  if (generated) {
    const made = generatedOf(context, { table, scope: scopeOf(table) }, column);
    return { ...rest, type, nullable: true, ...(made ? { generated: { ...made } } : {}) };
  }
  const translated =
    value === undefined || column.identity ? null : translateDefault(context, { column, type: raw, value });
  const identity = column.identity ? { ...column.identity, always: false } : undefined;
  return { ...rest, type, ...(translated === null ? {} : { default: translated }), ...(identity ? { identity } : {}) };
}

/** Only arithmetic: what else PostgreSQL takes for fixed is its own question, and a table must not be lost over it. */
function generatedOf(context: TranslateContext, { table, scope }: Own, column: Column): Column["generated"] | null {
  const expression = column.generated?.expression ?? "";
  if (expression.startsWith("GENERATED ALWAYS")) return null;
  try {
    if (!/^[\w\s.()[\]`"+*-]+$/.test(expression) || /\w\s*\(/.test(expression.replaceAll(/[`[\]"]/g, ""))) {
      throw new Untranslatable("only sums and products are translated");
    }
    const sql = writeExpression(parseExpression(expression, context.lexis), context, scope);
    return { expression: sql, stored: true };
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    context.note(
      column.id,
      `a plain column in place of a generated one of ${table.name}: ${error.message}`,
      column.origin?.created,
    );
    return null;
  }
}

function translateConstraint(context: TranslateContext, own: Own, constraint: Constraint): Constraint | null {
  const { table } = own;
  const { name: given } = constraint;
  const name = constraint.kind === "primary key" && given === "PRIMARY" ? `${table.name}_pkey` : given;
  const id = columnId(table.id, name);
  switch (constraint.kind) {
    case "primary key":
    case "unique": {
      const index = table.indexes.find((one) => one.constraint === given);
      if (
        constraint.kind === "unique" &&
        index?.keys.some((key) => key.expression !== undefined || key.prefixLength !== undefined) === true
      ) {
        return null;
      }
      const free = freeName(context, table, name);
      const distinct = constraint.kind === "unique" && constraint.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
      const definition = `${constraint.kind.toUpperCase()}${distinct} (${quoteList(constraint.columns)})`;
      return { ...constraint, id: columnId(table.id, free), name: free, definition };
    }
    case "check":
      return translateCheck(context, own, constraint);
    case "foreign key":
      return translateForeignKey(context, { ...constraint, id, name });
    case "exclude":
      return null;
  }
}

function translateCheck(context: TranslateContext, { scope }: Own, check: CheckConstraint): CheckConstraint | null {
  try {
    const sql = writeExpression(parseExpression(check.expression, context.lexis), context, scope);
    return { ...check, expression: sql, definition: `CHECK (${sql})`, enforced: true };
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    context.note(check.id, `the check is not translated: ${error.message}`, check.origin?.created);
    return null;
  }
}

function translateForeignKey(context: TranslateContext, key: ForeignKey): ForeignKey | null {
  const target = context.model.tables.find(({ id }) => id === key.references.table);
  const wanted = key.references.columns;
  const isKey = target?.constraints.some(
    (one) =>
      (one.kind === "primary key" || one.kind === "unique") &&
      one.columns.length === wanted.length &&
      wanted.every((name) => one.columns.includes(name)),
  );
  if (!target || isKey !== true) {
    context.note(
      key.id,
      target ? "the columns it points at are no key there" : "the table it points at is not there",
      key.origin?.created,
    );
    return null;
  }
  const { enforced, ...rest } = key;
  const actions = `ON DELETE ${key.onDelete.toUpperCase()} ON UPDATE ${key.onUpdate.toUpperCase()}`;
  const names = parseObjectId(target.id) ?? [];
  const definition = `FOREIGN KEY (${quoteList(key.columns)}) REFERENCES ${names.map(quote).join(".")} (${quoteList(wanted)}) ${actions}${enforced === false ? " NOT ENFORCED" : ""}`;
  return { ...rest, ...(enforced === false ? { enforced } : {}), definition };
}

/** ENUM is a text with its labels. */
function labelChecks(table: Table): readonly CheckConstraint[] {
  return table.columns.flatMap((column) => {
    const labels = /^enum\((.*)\)$/is.exec(column.type.raw)?.[1];
    if (labels === undefined) return [];
    const list = [...labels.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) =>
      literal(label.replaceAll("''", "'")),
    );
    return [checkOf(table, column.name, `${column.name}_labels`, `${quote(column.name)} IN (${list.join(", ")})`)];
  });
}

/** What a type holds less of than the one that stands for it. */
function limitChecks({ dialect }: TranslateContext, table: Table): readonly CheckConstraint[] {
  return table.columns.flatMap((column) => {
    if (column.generated) return [];
    const limit = typeLimit(column.type.raw, quote(column.name), dialect);
    return limit === null ? [] : [checkOf(table, column.name, `${column.name}_limit`, limit)];
  });
}

function checkOf(table: Table, column: string, name: string, expression: string): CheckConstraint {
  return {
    kind: "check",
    id: columnId(table.id, name),
    name,
    columns: [column],
    expression,
    definition: `CHECK (${expression})`,
    deferrable: false,
    initiallyDeferred: false,
    validated: true,
    enforced: true,
  };
}

function translateIndex(context: TranslateContext, { table, scope }: Own, index: Index): readonly Index[] {
  const left = (why: string): readonly Index[] => {
    context.note(index.id, `the index is left out: ${why}`, index.origin?.created);
    return [];
  };
  if (index.method !== "btree" && index.method !== "hash") return left(`PostgreSQL has no ${index.method} index here`);
  try {
    const keys = index.keys.map(({ column, expression, descending, prefixLength }) => {
      const order = descending === true ? " DESC" : "";
      if (column === undefined) {
        return `(${writeExpression(parseExpression(expression ?? "", context.lexis), context, scope)})${order}`;
      }
      return prefixLength === undefined || !index.unique
        ? `${quote(column)}${order}`
        : `(left(${quote(column)}::text, ${prefixLength}))${order}`;
    });
    const where =
      index.predicate === undefined
        ? ""
        : ` WHERE ${writeExpression(parseExpression(index.predicate, context.lexis), context, scope)}`;
    const include = index.include.length > 0 ? ` INCLUDE (${quoteList(index.include)})` : "";
    const name = freeName(context, table, index.name);
    const distinct = index.unique && index.nullsNotDistinct === true ? " NULLS NOT DISTINCT" : "";
    const definition = `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quote(name)} ON ${path(table)} USING btree (${keys.join(", ")})${include}${distinct}${where}`;
    const {
      constraint: _constraint,
      clustered: _clustered,
      invisible: _invisible,
      predicate: _predicate,
      ...rest
    } = index;
    return [{ ...rest, id: columnId(table.id, name), name, method: "btree", primary: false, valid: true, definition }];
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return left(error.message);
  }
}

/** Names of indexes are the schema's in PostgreSQL, the table's elsewhere. */
function freeName({ taken }: TranslateContext, { schema, name: table }: Table, wanted: string): string {
  let name = wanted;
  for (let number = 1; taken.has(`${schema}.${name}`); number++)
    name = number === 1 ? `${table}_${wanted}` : `${table}_${wanted}_${number}`;
  taken.add(`${schema}.${name}`);
  return name;
}

function keyIndex(table: Table, key: Extract<Constraint, { kind: "primary key" | "unique" }>): Index {
  return {
    kind: "index",
    id: key.id,
    name: key.name,
    method: "btree",
    keys: key.columns.map((column) => ({ column })),
    include: [],
    unique: true,
    primary: key.kind === "primary key",
    valid: true,
    constraint: key.name,
    definition: `CREATE UNIQUE INDEX ${quote(key.name)} ON ${path(table)} USING btree (${quoteList(key.columns)})`,
  };
}
