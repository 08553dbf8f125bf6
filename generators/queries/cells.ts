import type { ReadResult } from "#schemas/replay/protocol.ts";

/** A value of an answer: what JSON holds without loss; all else is text as the database prints it. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/** How the text of a type becomes a cell; types that are not named stay text. Keys are OIDs of pg_type.dat. */
const readers: ReadonlyMap<number, (text: string) => Cell> = new Map([
  [16, (text: string): Cell => text === "t"],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, exactNumber],
  [701, exactNumber],
  [114, json],
  [3802, json],
]);

/**
 * Rows as JSON values. Numbers that JSON's readers would round (bigint, numeric) stay text, as do times, arrays and
 * all that JSON has no word for, `NaN` among them.
 */
export function toCells({ fields, rows }: Pick<ReadResult, "fields" | "rows">): readonly (readonly Cell[])[] {
  const asText = (text: string): Cell => text;
  const byColumn = fields.map(({ type }) => readers.get(type) ?? asText);
  return rows.map((row) => row.map((text, index) => (text === null ? null : (byColumn[index] ?? asText)(text))));
}

/** A parameter as the text that PostgreSQL reads. */
export function toParameter(value: Cell): string | null {
  if (value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** PostgreSQL prints as many digits as bring a float back; what JSON cannot hold stays text. */
function exactNumber(text: string): Cell {
  const value = Number(text);
  return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
}

/** A number in JSON that would lose digits becomes a text of its digits. */
function json(text: string): Cell {
  // The parsed boundary: JSON.parse gives nothing but what `Cell` lists.
  const value: Cell = JSON.parse(text, (_key, item: unknown, context?: { readonly source?: string }) =>
    typeof item === "number" && context?.source !== undefined && !isExact(item, context.source) ? context.source : item,
  );
  return value;
}

function isExact(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return source.replaceAll(/[^0-9]/g, "").replace(/^0+/, "").length <= 15;
}
