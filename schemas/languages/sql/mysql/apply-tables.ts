import { addInlineReference, tableText } from "./apply-columns.ts";
import { databaseOf, find, resolve, tableOf, type ApplyContext } from "./apply-context.ts";
import { addElement, setOptions } from "./apply-elements.ts";
import { selectColumns, typedColumn } from "./apply-select.ts";
import { ApplyError, nameKey, removeTable, type BuiltTable } from "./built.ts";
import type { Statement, TableElement } from "./statement.ts";

export function createTable(context: ApplyContext, statement: Extract<Statement, { kind: "create table" }>): void {
  const { schema, name } = resolve(context, statement.name);
  const { tables, views } = context.built;
  databaseOf(context, schema);
  const known = find(tables, schema, name);
  if (known && statement.ifNotExists) return;
  if (known && !statement.orReplace) throw new ApplyError(`table "${name}" exists already`);
  if (find(views, schema, name) && !statement.ifNotExists) throw new ApplyError(`"${name}" exists already as a view`);
  const like = statement.like ? tableOf(context, statement.like) : undefined;
  const table: BuiltTable = {
    schema,
    name,
    temporary: statement.temporary,
    columns: [],
    keys: [],
    foreignKeys: [],
    checks: [],
    triggers: new Set(),
    periods: new Map(),
    options: {},
    origin: { created: context.start },
    ...tableText(context, schema, statement.options),
  };
  if (like) copyForm(table, like, context);
  setOptions(context, table, statement.options);
  table.partitioning = statement.partitioning ?? table.partitioning;
  if (known) removeTable(context.built, known);
  // A foreign key may refer to its own table.
  tables.set(nameKey(schema, name), table);
  fill(context, table, statement);
}

function fill(context: ApplyContext, table: BuiltTable, statement: Extract<Statement, { kind: "create table" }>): void {
  const { elements } = statement;
  const run = (element: TableElement): void =>
    attempt(context, offsetOf(element), () => addElement(context, table, element));
  for (const element of elements) if (element.kind === "column") run(withoutReferences(element));
  for (const element of elements) if (element.kind === "period") run(element);
  if (statement.select) addSelected(context, table, statement.select);
  // Keys come behind the columns they name, and foreign keys behind the indexes that may serve them.
  for (const element of elements) if (element.kind === "key" || element.kind === "check") run(element);
  for (const element of elements) {
    if (element.kind === "foreign key") run(element);
    else if (element.kind === "column")
      attempt(context, element.column.offset, () => addInlineReference(context, table, element.column));
  }
}

function offsetOf(element: TableElement): number {
  switch (element.kind) {
    case "column":
      return element.column.offset;
    case "key":
      return element.key.offset;
    case "foreign key":
      return element.foreignKey.offset;
    case "check":
    case "period":
      return element.offset;
  }
}

function attempt(context: ApplyContext, offset: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    context.lose(error.message, offset, { missing: error.missing });
  }
}

/** Same form, without rows, foreign keys and name. */
function copyForm(table: BuiltTable, like: BuiltTable, context: ApplyContext): void {
  const { start } = context;
  const origin = { created: start };
  table.columns = like.columns.map((column) => ({ ...column, origin }));
  table.keys = like.keys.map((key) => ({ ...key, parts: [...key.parts], origin, implicit: false }));
  table.checks = like.checks.map((check) => ({
    ...check,
    origin,
    name: check.autoNamed ? check.name.replace(like.name, table.name) : check.name,
  }));
  table.periods = new Map(like.periods);
  table.options = { ...like.options };
  delete table.options["auto_increment"];
  table.charset = like.charset;
  table.collation = like.collation;
  table.partitioning = like.partitioning;
  if (like.comment !== undefined) table.comment = like.comment;
}

/** Columns of `CREATE TABLE … SELECT` behind the declared ones; a declared one of the same name keeps its form. */
function addSelected(
  context: ApplyContext,
  table: BuiltTable,
  select: NonNullable<Extract<Statement, { kind: "create table" }>["select"]>,
): void {
  for (const column of selectColumns(context, select)) {
    if (table.columns.some(({ name }) => name.toLowerCase() === column.name.toLowerCase())) continue;
    const found = typedColumn(context, column);
    if (!found) {
      context.lose(`the type of "${column.name}" in "${table.name}" cannot be told from its expression`, 0);
      continue;
    }
    table.columns.push(found);
  }
}

/** References wait until the keys are named. */
function withoutReferences(element: TableElement): TableElement {
  if (element.kind !== "column" || !element.column.references) return element;
  const { references: _, ...column } = element.column;
  return { kind: "column", column };
}
