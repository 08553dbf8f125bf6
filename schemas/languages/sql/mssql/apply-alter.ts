import type { SourceRef } from "../../../source.ts";
import { isTemporary, missing, nothingToDrop, refused, shown, type Applier } from "./applier.ts";
import { addElements, newColumn, setOptions } from "./apply-table.ts";
import {
  columnOf,
  defaultOf,
  sameName,
  touch,
  type DraftColumn,
  type DraftConstraint,
  type DraftTable,
} from "./draft.ts";
import type { AlterAction, ColumnElement, Statement } from "./statement.ts";

export function applyAlterTable(applier: Applier, statement: Extract<Statement, { kind: "alter table" }>): void {
  const { draft } = applier;
  const { name, at } = statement;
  if (isTemporary(name)) return;
  const table = draft.table(name);
  if (!table) return missing(applier, `Table ${shown(draft, name)}`, at);
  const place = applier.place(at);
  for (const action of statement.actions) applyAction(applier, table, action, { at, place });
  touch(table, place);
}

interface At {
  readonly at: number;
  readonly place: SourceRef;
}

function applyAction(applier: Applier, table: DraftTable, action: AlterAction, at: At): void {
  switch (action.kind) {
    case "add":
      return addElements(applier, table, action.elements, action.validated);
    case "alter column":
      return alterColumn(applier, table, action.column, at.place);
    case "mark column": {
      const column = columnOf(table, action.column);
      if (!column) return missing(applier, `Column ${action.column} of ${table.schema}.${table.name}`, at.at);
      if (action.isAdded) column.marks.set(action.mark, action.text);
      else column.marks.delete(action.mark);
      return touch(column, at.place);
    }
    case "drop column":
      for (const name of action.names) dropColumn(applier, table, name, { ...at, ifExists: action.ifExists });
      return;
    case "drop constraint":
    case "drop named":
      for (const name of action.names) dropConstraint(applier, table, name, { ...at, ifExists: action.ifExists });
      return;
    case "drop period":
      table.options.delete("period_for_system_time");
      for (const column of table.columns)
        if (column.generated?.expression.includes("ROW ") === true) delete column.generated;
      return;
    case "enable constraint":
      return enableConstraints(applier, table, action, at);
    case "enable trigger": {
      const found = table.triggers.filter((trigger) => isNamed(action.names, trigger.name));
      for (const trigger of found) trigger.enabled = action.enabled;
      return;
    }
    case "options":
      return setOptions(applier, table, action.options, at.place);
    case "none":
  }
}

const isNamed = (names: readonly string[], name: string): boolean =>
  names.length === 0 || names.some((one) => sameName(one, name));

/** What is not said keeps nothing but the default and the identity: NULL is what an ALTER COLUMN without it means. */
function alterColumn(applier: Applier, table: DraftTable, element: ColumnElement, place: SourceRef): void {
  const column = columnOf(table, element.name);
  if (!column) return missing(applier, `Column ${element.name} of ${table.schema}.${table.name}`, element.at);
  const changed = newColumn(applier, element);
  if (!changed) return;
  column.type = changed.type;
  delete column.ownType;
  if (changed.ownType) column.ownType = changed.ownType;
  column.nullable = changed.nullable;
  if (table.constraints.some((constraint) => constraint.kind === "primary key" && uses(constraint, column)))
    column.nullable = false;
  if (changed.collation === undefined) delete column.collation;
  else column.collation = changed.collation;
  for (const [mark, text] of changed.marks) column.marks.set(mark, text);
  touch(column, place);
}

interface Drop extends At {
  readonly ifExists: boolean;
}

const uses = (part: Pick<DraftConstraint, "keys">, column: DraftColumn): boolean =>
  part.keys.some((key) => key.column === column);

/** The server refuses to drop a column that keys and indexes use: they are named, and the column stays. */
function dropColumn(applier: Applier, table: DraftTable, name: string, drop: Drop): void {
  const column = columnOf(table, name);
  const what = `Column ${name} of ${table.schema}.${table.name}`;
  if (!column) {
    if (!drop.ifExists) nothingToDrop(applier, what, drop.at);
    return;
  }
  const users = [
    ...table.constraints.filter((constraint) => uses(constraint, column)),
    ...table.indexes.filter((index) => uses(index, column) || index.include.includes(column)),
  ];
  const holders = users.filter((user) => user.kind !== "check");
  if (holders.length > 0) {
    const names = holders.map((user) => user.name).join(", ");
    return refused(applier, `${what} cannot be dropped: ${names} uses it`, drop.at);
  }
  // A default and a check of the column are gone in most scripts by a generated name before; a leftover goes along.
  for (const part of defaultOf(table, column)) applier.draft.remove(part);
  for (const user of users) if (user.kind === "check") removeConstraint(applier, table, user);
  table.columns = table.columns.filter((one) => one !== column);
}

function removeConstraint({ draft }: Applier, table: DraftTable, constraint: DraftConstraint): void {
  table.constraints = table.constraints.filter((one) => one !== constraint);
  draft.remove(constraint);
}

function dropConstraint(applier: Applier, table: DraftTable, name: string, drop: Drop): void {
  const constraint = table.constraints.find((one) => sameName(one.name, name)) ?? bySystemName(table, name);
  if (constraint) return removeConstraint(applier, table, constraint);
  const column = table.columns.find((one) => one.default?.name !== undefined && sameName(one.default.name, name));
  const owner = column ?? defaultBySystemName(table, name);
  if (owner) {
    for (const part of defaultOf(table, owner)) applier.draft.remove(part);
    delete owner.default;
    return touch(owner, drop.place);
  }
  if (!drop.ifExists) nothingToDrop(applier, `Constraint ${name} of ${table.schema}.${table.name}`, drop.at);
}

const PREFIXES = { "primary key": "PK", unique: "UQ", "foreign key": "FK", check: "CK" } as const;

/** Scripts may name a constraint as one server named it: `PK__Orders__3214EC0719CF6B71`. */
function bySystemName(table: DraftTable, name: string): DraftConstraint | undefined {
  const parts = systemParts(table, name);
  if (!parts) return undefined;
  const found = table.constraints.filter((one) => {
    if (!one.isSystemNamed || PREFIXES[one.kind] !== parts.prefix) return false;
    return parts.column === "" || one.keys.some(({ column }) => isStart(column.name, parts.column));
  });
  return found.length === 1 ? found[0] : undefined;
}

function defaultBySystemName(table: DraftTable, name: string): DraftColumn | undefined {
  const parts = systemParts(table, name);
  if (parts?.prefix !== "DF") return undefined;
  const found = table.columns.filter(
    (one) => one.default && one.default.name === undefined && isStart(one.name, parts.column),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** `DF__Orders__Total__3B75D760`: table and column are cut to some characters. */
function systemParts(table: DraftTable, name: string): { readonly prefix: string; readonly column: string } | null {
  const match = /^(PK|UQ|FK|CK|DF)__(.+?)__(?:(.*?)_{1,2})?[0-9A-F]{8,16}$/i.exec(name);
  if (!match || !isStart(table.name, match[2] ?? "")) return null;
  return { prefix: (match[1] ?? "").toUpperCase(), column: match[3] ?? "" };
}

const isStart = (whole: string, start: string): boolean =>
  whole.toLowerCase().startsWith(start.toLowerCase().replace(/_+$/, ""));

function enableConstraints(
  applier: Applier,
  table: DraftTable,
  action: Extract<AlterAction, { kind: "enable constraint" }>,
  { at, place }: At,
): void {
  const found = table.constraints.filter(
    (one) => (one.kind === "foreign key" || one.kind === "check") && isNamed(action.names, one.name),
  );
  if (found.length < action.names.length)
    missing(applier, `Constraint ${action.names.join(", ")} of ${table.schema}.${table.name}`, at);
  for (const constraint of found) {
    constraint.enforced = action.enabled;
    // Only WITH CHECK CHECK CONSTRAINT looks at the rows again.
    constraint.validated = action.enabled && (constraint.validated || action.isChecked);
    touch(constraint, place);
  }
}
