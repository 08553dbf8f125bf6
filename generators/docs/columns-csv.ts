import { keysOf } from "#schemas/keys.ts";
import type { Column, Table, View } from "#schemas/model.ts";
import { describeColumn } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { proseText } from "./prose.ts";

const HEAD = [
  "schema",
  "table",
  "position",
  "column",
  "type",
  "nullable",
  "default",
  "key",
  "references",
  "description",
];

/** Every column of the given tables and views as a row of CSV (RFC 4180), with a head. */
export function columnsCsv(context: DocsContext, relations: readonly (Table | View)[]): string {
  return `${columnRows(context, relations)
    .map((cells) => cells.map(csvCell).join(","))
    .join("\r\n")}\r\n`;
}

/** The same as rows of texts. */
export function columnRows(context: DocsContext, relations: readonly (Table | View)[]): readonly (readonly string[])[] {
  return [HEAD, ...relations.flatMap((owner) => owner.columns.map((column) => rowOf(context, column, owner)))];
}

function rowOf(context: DocsContext, column: Column, owner: Table | View): readonly string[] {
  const targets = context.index
    .referencesFrom(owner.id)
    .filter(({ foreignKey }) => foreignKey.columns.includes(column.name))
    .map(({ foreignKey: { columns, references } }) => {
      const target = references.columns[columns.indexOf(column.name)];
      return target === undefined ? references.table : `${references.table}.${target}`;
    });
  return [
    owner.schema,
    owner.name,
    String(column.position),
    column.name,
    column.type.raw,
    column.nullable ? "yes" : "no",
    column.default ?? "",
    owner.kind === "table" ? keyOf(column, owner) : "",
    targets.join(" "),
    proseText(describeColumn(context, column, owner).prose),
  ];
}

function keyOf(column: Column, table: Table): string {
  const own = keysOf(table).filter((key) => key.columns.includes(column.name));
  if (own.some(({ kind }) => kind === "primary key")) return "primary";
  return own.length > 0 ? "unique" : "";
}

/** A cell that a spreadsheet would run as a formula begins with an apostrophe, which it shows as text. */
function csvCell(text: string): string {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
