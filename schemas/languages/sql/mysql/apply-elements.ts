import { addCheck } from "./apply-checks.ts";
import { addColumn, charsetOf, columnOf } from "./apply-columns.ts";
import type { ApplyContext } from "./apply-context.ts";
import { addForeignKey, addKey } from "./apply-keys.ts";
import type { BuiltTable } from "./built.ts";
import type { TableElement, TableOptions } from "./statement.ts";

/** Adds what stands in a table's parentheses or behind ADD. */
export function addElement(context: ApplyContext, table: BuiltTable, element: TableElement): void {
  switch (element.kind) {
    case "column":
      return addColumn(context, table, element.column);
    case "key":
      return addKey(context, table, element.key);
    case "foreign key":
      return addForeignKey(context, table, element.foreignKey);
    case "check":
      return addCheck(context, table, element.check, element.offset);
    case "period":
      return addPeriod(context, table, element);
  }
}

/** A period of MariaDB. That of an application must have values, the end behind the start. */
function addPeriod(
  context: ApplyContext,
  table: BuiltTable,
  { name, start, end, offset }: Extract<TableElement, { kind: "period" }>,
): void {
  const [from, to] = [columnOf(table, start), columnOf(table, end)];
  table.periods = new Map([...table.periods, [name.toLowerCase(), { name, start: from.name, end: to.name }]]);
  if (name.toLowerCase() === "system_time") return;
  for (const column of [from, to]) column.nullable = false;
  addCheck(context, table, { name, expression: `\`${from.name}\` < \`${to.name}\``, enforced: true }, offset);
}

/** Options for new columns: those that are there keep their charset. */
export function setOptions(context: ApplyContext, table: BuiltTable, options: TableOptions): void {
  const { charset, collation, comment, others } = options;
  if (collation !== undefined) {
    table.charset = charsetOf(collation);
    table.collation = collation;
  } else if (charset !== undefined) {
    table.charset = charset;
    table.collation = context.facts.defaultCollation(charset);
  }
  if (comment !== undefined) {
    if (comment === "") delete table.comment;
    else table.comment = comment;
  }
  Object.assign(table.options, others);
}
