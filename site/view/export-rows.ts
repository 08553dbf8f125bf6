import type { SiteRows } from "#generators/site-data/contract.ts";
import { cellOf } from "./cell.ts";

type Table = Pick<SiteRows, "columns" | "rows">;

/** RFC 4180, with a heading; null is an empty field, an empty text is quoted. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [columns.map(({ name }) => csvField(name)), ...rows.map((row) => row.map(csvField))];
  return lines.map((fields) => `${fields.join(",")}\r\n`).join("");
}

/** One object a row; a second column of a name gets a number. */
export function toJson({ columns, rows }: Table): string {
  const seen = new Map<string, number>();
  const names = columns.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
  const objects = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

/** For a spreadsheet: cells between tabs, without line ends inside. */
export function toTsv({ columns, rows }: Table): string {
  const clean = (text: string): string => text.replaceAll(/[\t\r\n]+/g, " ");
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map((value) => textOf(value) ?? ""))];
  return lines.map((cells) => cells.map(clean).join("\t")).join("\n");
}

function csvField(value: unknown): string {
  const text = textOf(value);
  if (text === null) return "";
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : cellOf(value).text;
}
