import type { StepSource } from "#schemas/dialects/read-steps.ts";
import { dataType } from "#schemas/dialects/mssql/types.ts";
import type { Expression } from "#schemas/languages/sql/mssql/expression.ts";
import { parseName, parseParts, tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import type { AlterAction, ColumnElement, Statement, TableElement } from "#schemas/languages/sql/mssql/statement.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Act, AddedColumn, RelationRef } from "../acts/act.ts";
import { dataActs } from "./data-acts.ts";
import type { SpelledNames } from "./spelled-names.ts";

type MssqlSource = Extract<StepSource, { kind: "mssql" }>;
type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** What a statement of SQL Server does. Also tells `names` what it makes and renames. */
export function mssqlActs({ statement, text }: MssqlSource, names: SpelledNames, base: ModelIndex): readonly Act[] {
  switch (statement.kind) {
    case "alter table": {
      const table = names.relation(statement.name);
      return statement.actions.flatMap((action) => actionActs(action, { table, names, base }));
    }
    case "create table":
      return createTable(statement, names);
    case "create index":
      return [createIndex(statement, names)];
    case "drop index":
      return statement.items.map(({ table, name }) => {
        const ref = names.relation(table);
        const index = columnId(ref.id, name);
        return {
          kind: "drop index",
          table: ref,
          index,
          isConcurrent: false,
          isCascade: false,
          count: statement.items.length,
        };
      });
    case "drop":
      return drop(statement, names);
    case "trigger":
      return statement.table === null || statement.mode !== "create"
        ? []
        : [{ kind: "create trigger", table: names.relation(statement.table), name: statement.name.name }];
    case "view":
      names.create(statement.name, false);
      return [];
    case "execute":
      return renamed(statement, names);
    case "transfer": {
      const table = names.relation(statement.name);
      return [
        {
          kind: "rename table",
          table,
          to: names.rename(table, { schema: statement.schema, name: statement.name.name }),
        },
      ];
    }
    case "ignored":
      return [...sessionActs(text, names), ...dataActs(text, "mssql", names)];
    default:
      return [];
  }
}

/** TRUNCATE, SET and transactions, which the reader of schemas passes over. */
function sessionActs(text: string, names: SpelledNames): readonly Act[] {
  const [first, second, third] = tokensOf(text);
  if (first?.key === "TRUNCATE" && second?.key === "TABLE") {
    const name = parseName(text.slice(second.end));
    return name ? [{ kind: "truncate", table: names.relation(name), isCascade: false }] : [];
  }
  if (first?.key === "DROP" && second?.key === "DATABASE") {
    const name = tokensOf(text).find(
      ({ kind, key }, index) => index > 1 && key !== "IF" && key !== "EXISTS" && kind !== "symbol",
    );
    return name ? [{ kind: "drop database", name: name.value }] : [];
  }
  if (first?.key === "SET" && second?.kind === "word") {
    return [{ kind: "set", name: second.key.toLowerCase(), value: third ? text.slice(third.start).trim() : null }];
  }
  const isTransaction = second?.key === "TRAN" || second?.key === "TRANSACTION";
  if (first?.key === "BEGIN" && isTransaction) return [{ kind: "transaction", control: "begin" }];
  const isEnd = first?.key === "COMMIT" || first?.key === "ROLLBACK";
  return isEnd ? [{ kind: "transaction", control: "end" }] : [];
}

function drop({ what, names: dropped }: Of<"drop">, names: SpelledNames): readonly Act[] {
  return dropped.flatMap((name): readonly Act[] => {
    if (what === "table") {
      if (name.name.startsWith("#")) return [];
      const table = names.relation(name);
      names.drop(table);
      return [{ kind: "drop table", table, what: "table" }];
    }
    if (what === "schema") return [{ kind: "drop schema", schema: names.known.schema(name.name) }];
    const owner = what === "trigger" ? names.triggerOwner(name.name) : undefined;
    return owner ? [{ kind: "drop trigger", table: owner, name: name.name }] : [];
  });
}

function createTable({ name, elements }: Of<"create table">, names: SpelledNames): readonly Act[] {
  const table = names.create(name, false);
  if (name.name.startsWith("#")) return [];
  const keys = elements.flatMap((element) =>
    element.kind === "column" ? [element, ...element.constraints] : [element],
  );
  const targets = keys.flatMap((element) =>
    element.kind === "foreign key" ? [{ to: names.relation(element.table), onDelete: element.onDelete }] : [],
  );
  return [
    {
      kind: "create table",
      table,
      references: targets.map(({ to }) => to).filter(({ id }) => id !== table.id),
      cascades: targets.filter(({ onDelete }) => onDelete === "cascade").map(({ to }) => to),
    },
  ];
}

function createIndex({ table, index }: Of<"create index">, names: SpelledNames): Act {
  const ref = names.relation(table);
  return {
    kind: "create index",
    table: ref,
    name: index.name,
    isUnique: index.unique,
    isConcurrent: index.options?.["online"]?.toUpperCase().startsWith("ON") === true,
    isOnly: false,
    ifNotExists: false,
    columns: index.keys.map(({ name }) => names.column(ref, name) ?? name),
    isPartial: index.predicate !== undefined,
  };
}

/** `EXEC sp_rename 'dbo.Orders.Total', 'Amount', 'COLUMN'`. */
export function renameOf({ procedure, arguments: given }: Of<"execute">): {
  readonly parts: readonly string[];
  readonly to: string;
  readonly kind: string;
} | null {
  if (procedure.name.toLowerCase() !== "sp_rename") return null;
  const at = (name: string, index: number): string | null => {
    const value = (given.find((argument) => argument.name === name) ?? given[index])?.value;
    return value ? textOf(value) : null;
  };
  const what = at("@objname", 0);
  const to = at("@newname", 1);
  if (what === null || to === null) return null;
  return { parts: parseParts(what), to, kind: (at("@objtype", 2) ?? "OBJECT").toUpperCase() };
}

const textOf = (value: Expression): string | null =>
  value.kind === "literal" && typeof value.value === "string" ? value.value : null;

function renamed(statement: Of<"execute">, names: SpelledNames): readonly Act[] {
  const rename = renameOf(statement);
  if (rename === null) return [];
  if (rename.kind === "COLUMN") {
    const [column = "", name = "", schema] = rename.parts.toReversed();
    const table = names.relation({ schema, name });
    const old = names.column(table, column);
    names.known.renameColumn(table, old ?? column, rename.to);
    return old === null ? [] : [{ kind: "rename column", table, column: old, to: rename.to }];
  }
  const [name = "", schema] = rename.parts.toReversed();
  if (rename.kind !== "OBJECT" || !names.has({ schema, name })) return [];
  const table = names.relation({ schema, name });
  return [{ kind: "rename table", table, to: names.rename(table, { name: rename.to }) }];
}

interface Place {
  readonly table: RelationRef;
  readonly names: SpelledNames;
  readonly base: ModelIndex;
}

function actionActs(action: AlterAction, place: Place): readonly Act[] {
  const { table, names } = place;
  switch (action.kind) {
    case "add":
      return action.elements.flatMap((element) =>
        elementActs(element, place, { isNotValid: !action.validated, column: null }),
      );
    case "alter column":
      return altered(action.column, place);
    case "drop column":
      return action.names.flatMap((name) => {
        const column = names.column(table, name);
        return column === null ? [] : [{ kind: "drop column" as const, table, column, isCascade: false }];
      });
    case "drop constraint":
    case "drop named":
      return action.names.map((name) => ({ kind: "drop constraint", table, name }));
    case "enable constraint":
      return action.enabled && action.isChecked
        ? action.names.map((name) => ({ kind: "validate constraint", table, name }))
        : [];
    case "enable trigger": {
      const triggers = action.names.length === 0 ? ["ALL"] : action.names;
      return triggers.map((name) => ({ kind: "switch trigger", table, name, isOn: action.enabled }));
    }
    default:
      return [];
  }
}

function altered(element: ColumnElement, { table, names, base }: Place): readonly Act[] {
  const column = names.column(table, element.name);
  if (column === null) return [];
  const relation = base.table(table.id);
  const old = relation && base.columnOf(relation, column);
  const type = element.type && dataType(element.type.name.name, element.type.arguments);
  const acts: Act[] = [];
  if (!old || (type && type.raw !== old.type.raw)) acts.push({ kind: "change type", table, column });
  const nullable = element.nullable ?? true;
  if (!nullable && old?.nullable !== false) acts.push({ kind: "set not null", table, column });
  if (nullable && old?.nullable === false) acts.push({ kind: "drop not null", table, column });
  return acts;
}

function elementActs(
  element: TableElement,
  place: Place,
  { isNotValid, column }: { readonly isNotValid: boolean; readonly column: string | null },
): readonly Act[] {
  const { table, names } = place;
  const common = { table, isNotValid, isInline: column !== null } as const;
  const own = "name" in element && element.name !== undefined ? { name: element.name } : {};
  switch (element.kind) {
    case "column": {
      names.known.addColumn(table, element.name);
      const inline = element.constraints.flatMap((one) =>
        elementActs(one, place, { isNotValid, column: element.name }),
      );
      return [{ kind: "add column", table, column: addedColumn(element) }, ...inline];
    }
    case "primary key":
    case "unique": {
      const columns = element.keys.map(({ name }) => names.column(table, name) ?? name);
      const all = columns.length === 0 && column !== null ? [column] : columns;
      return [{ kind: "add constraint", constraint: element.kind, columns: all, ...common, ...own }];
    }
    case "foreign key":
      return [
        {
          kind: "add constraint",
          constraint: "foreign key",
          columns: element.columns.map(({ name }) => names.column(table, name) ?? name),
          references: names.relation(element.table),
          ...(element.onDelete === "cascade" ? { cascades: true as const } : {}),
          ...common,
          ...own,
        },
      ];
    case "check":
      return [{ kind: "add constraint", constraint: "check", columns: [], ...common, ...own }];
    default:
      return [];
  }
}

function addedColumn(element: ColumnElement): AddedColumn {
  const fallback = element.constraints.find((one) => one.kind === "default");
  const expression = fallback?.kind === "default" ? fallback.expression : undefined;
  return {
    name: element.name,
    required: element.nullable === false || element.constraints.some(({ kind }) => kind === "primary key"),
    default:
      expression === undefined ? null : { isConstant: isRuntimeConstant(expression), functions: callsIn(expression) },
    isSerial: false,
    isIdentity: element.identity !== undefined,
    isStored: element.computed?.persisted === true,
    isVirtual: element.computed?.persisted === false,
  };
}

/** Functions whose value is another one for each row. */
const PER_ROW: ReadonlySet<string> = new Set(["NEWID", "NEWSEQUENTIALID", "RAND", "CRYPT_GEN_RANDOM"]);

/** Whether a default has one value for the whole statement, such as a literal or GETUTCDATE(). */
export function isRuntimeConstant(expression: string): boolean {
  const tokens = tokensOf(expression);
  return !tokens.some(({ key }, index) => PER_ROW.has(key) || (key === "NEXT" && tokens[index + 1]?.key === "VALUE"));
}

function callsIn(expression: string): readonly string[] {
  const tokens = tokensOf(expression);
  return tokens.flatMap(({ kind, value }, index) =>
    (kind === "word" || kind === "name") && tokens[index + 1]?.key === "(" ? [value.toLowerCase()] : [],
  );
}
