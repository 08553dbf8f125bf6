import type { Column, Constraint, Table, View } from "../../../model.ts";
import { parseObjectId } from "../../../object-id.ts";
import type { Step } from "../../in-order.ts";
import { literal, mentioned, path, quote, quoteList } from "./text.ts";
import type { Names } from "./write-postgres.ts";

export interface TableContext {
  readonly names: Names;
  readonly parents: ReadonlyMap<string, Table>;
}

export function tableStep(table: Table, { names, parents }: TableContext): Step {
  const parent = parents.get(table.partitionOf?.parent ?? "");
  const texts = table.columns.flatMap(({ type, default: value = "", generated }) => [
    type.raw,
    value,
    generated?.expression ?? "",
  ]);
  const needs = [
    ...[...texts, table.partitionKey ?? ""].flatMap(mentioned).flatMap((name) => names.get(name) ?? []),
    ...(table.partitionOf ? [table.partitionOf.parent] : []),
    ...(table.inherits ?? []),
  ];
  const statements = parent ? partition(table, parent) : [plainTable(table)];
  return { id: table.id, needs: needs.filter((need) => need !== table.id), statements };
}

function plainTable(table: Table): string {
  const { inherits = [], partitionKey, persistence, options } = table;
  const own = table.columns.filter(({ inherited }) => inherited !== true);
  const from = inherits.length === 0 ? "" : ` INHERITS (${inherits.map(idPath).join(", ")})`;
  const by = partitionKey === undefined ? "" : ` PARTITION BY ${partitionKey}`;
  const kind = persistence === "permanent" ? "" : `${persistence.toUpperCase()} `;
  return `CREATE ${kind}TABLE ${path(table)} (${own.map(columnText).join(", ")})${from}${by}${storage(options)}`;
}

const idPath = (id: string): string => (parseObjectId(id) ?? [id]).map(quote).join(".");

/** With the parent's columns, and behind it what is otherwise. Columns in another order need a table of their own. */
function partition(table: Table, parent: Table): readonly string[] {
  const bound = table.partitionOf?.bound ?? "";
  const isSame = table.columns.every(({ name }, at) => parent.columns[at]?.name === name);
  const by = table.partitionKey === undefined ? "" : ` PARTITION BY ${table.partitionKey}`;
  if (!isSame) {
    const columns = table.columns.map((column) => columnText(column)).join(", ");
    const checks = parent.constraints.filter(({ kind }) => kind === "check");
    const texts = checks.map((check) => `, CONSTRAINT ${quote(check.name)} ${constraintText(check)}`).join("");
    return [
      `CREATE TABLE ${path(table)} (${columns}${texts})${by}${storage(table.options)}`,
      `ALTER TABLE ${path(parent)} ATTACH PARTITION ${path(table)} ${bound}`,
    ];
  }
  const kind = table.persistence === "unlogged" ? "UNLOGGED " : "";
  const statements = [
    `CREATE ${kind}TABLE ${path(table)} PARTITION OF ${path(parent)} ${bound}${by}${storage(table.options)}`,
  ];
  for (const [at, column] of table.columns.entries()) {
    const theirs = parent.columns[at];
    const alter = `ALTER TABLE ${path(table)} ALTER COLUMN ${quote(column.name)}`;
    if (!column.generated && column.default !== theirs?.default) {
      statements.push(
        column.default === undefined ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${column.default}`,
      );
    }
    if (!column.nullable && theirs?.nullable === true) statements.push(`${alter} SET NOT NULL`);
  }
  return statements;
}

function columnText(column: Column): string {
  const { name, type, collation, default: value, generated, identity, nullable, notNullName } = column;
  const parts = [quote(name), type.raw];
  if (collation !== undefined) parts.push(`COLLATE ${collation}`);
  if (generated) parts.push(`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`);
  if (identity) {
    const { always, start, increment } = identity;
    parts.push(
      `GENERATED ${always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY (START WITH ${start} INCREMENT BY ${increment})`,
    );
  }
  if (value !== undefined && !generated) parts.push(`DEFAULT ${value}`);
  if (!nullable) parts.push(`${notNullName === undefined ? "" : `CONSTRAINT ${quote(notNullName)} `}NOT NULL`);
  return parts.join(" ");
}

/** `WITH (fillfactor='70')`. */
export function storage(options: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(options ?? {}).map(
    ([name, value]) => `${name.split(".").map(quote).join(".")}=${literal(value)}`,
  );
  return pairs.length === 0 ? "" : ` WITH (${pairs.join(", ")})`;
}

/** The constraints of its own; those of a parent come with it. */
export function keysOf(table: Table, isWanted: (constraint: Constraint) => boolean): readonly string[] {
  return table.constraints
    .filter((constraint) => isWanted(constraint) && !comesAlong(table, constraint))
    .filter((constraint) => constraint.kind !== "foreign key" || constraint.virtual === undefined)
    .map((one) => `ALTER TABLE ${path(table)} ADD CONSTRAINT ${quote(one.name)} ${constraintText(one)}`);
}

/**
 * As PostgreSQL prints it; a check with all of its parentheses, which the definition leaves out: `a AND (b AND c)`, as
 * BETWEEN makes it, is another tree than `a AND b AND c`.
 */
function constraintText(constraint: Constraint): string {
  const { definition } = constraint;
  if (constraint.kind !== "check") return definition;
  const end = definition.lastIndexOf(")") + 1;
  return `CHECK (${constraint.expression})${definition.slice(end)}`;
}

/** A partition's keys are made before the parent's, which take them; its checks and foreign keys come from above. */
function comesAlong(table: Table, { kind, inherited }: Constraint): boolean {
  if (inherited !== true) return false;
  return !(table.partitionOf && (kind === "primary key" || kind === "unique" || kind === "exclude"));
}

export function indexesOf(table: Table, left: (id: string, why: string) => void): readonly string[] {
  return table.indexes.flatMap((index) => {
    const statements: string[] = [];
    if (index.constraint === undefined && !index.primary) {
      if (!index.valid && table.variant !== "partitioned") left(index.id, "an index that is not valid was never whole");
      else statements.push(withoutOnly(index.definition, index));
    }
    if (index.clustered === true) statements.push(`ALTER TABLE ${path(table)} CLUSTER ON ${quote(index.name)}`);
    return statements;
  });
}

/** PostgreSQL prints `ON ONLY` for the index of a partitioned table, which is to be there on the partitions too. */
function withoutOnly(definition: string, { unique }: { readonly unique: boolean }): string {
  const head = new RegExp(`^CREATE ${unique ? "UNIQUE " : ""}INDEX (?:"(?:[^"]|"")+"|\\S+) ON ONLY `).exec(definition);
  return head ? head[0].slice(0, -"ONLY ".length) + definition.slice(head[0].length) : definition;
}

export function triggersOf(owner: Table | View): readonly string[] {
  return owner.triggers.flatMap(({ name, definition, enabled }) => {
    if (enabled === "origin") return [definition];
    const how = enabled === "disabled" ? "DISABLE TRIGGER" : `ENABLE ${enabled.toUpperCase()} TRIGGER`;
    return [definition, `ALTER TABLE ${path(owner)} ${how} ${quote(name)}`];
  });
}

export function security(table: Table): readonly string[] {
  const { rowSecurity, policies } = table;
  const rows = rowSecurity
    ? [
        `ALTER TABLE ${path(table)} ENABLE ROW LEVEL SECURITY`,
        ...(rowSecurity.forced ? [`ALTER TABLE ${path(table)} FORCE ROW LEVEL SECURITY`] : []),
      ]
    : [];
  return [
    ...rows,
    ...policies.map(({ name, permissive, command, roles, using, check }) => {
      const to = roles.map((role) => (role === "public" ? "PUBLIC" : quoteList([role]))).join(", ");
      const tail = `${using === undefined ? "" : ` USING (${using})`}${check === undefined ? "" : ` WITH CHECK (${check})`}`;
      return `CREATE POLICY ${quote(name)} ON ${path(table)} AS ${permissive ? "PERMISSIVE" : "RESTRICTIVE"} FOR ${command.toUpperCase()} TO ${to}${tail}`;
    }),
  ];
}
