import { offsetOfPosition, placeInStatement } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { SourceRef } from "#schemas/source.ts";

/** Name under which a text without a file appears in places. */
export const QUERY_FILE = "query";

/**
 * The place of a position that PostgreSQL counted in the statement that begins at `start`; null when it lies outside
 * of it, in what was put around.
 */
export function parsePlace(
  sql: string,
  { start, position }: { readonly start: number; readonly position: number },
): { readonly position: number; readonly origin: SourceRef } | null {
  const offset = offsetOfPosition(sql.slice(start), position);
  if (offset === null) return null;
  const span = { file: QUERY_FILE, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    position: start + offset + 1,
    origin: placeInStatement({ span, text: sql, index: 0 }, start + offset),
  };
}

/** The position in UTF-16 code units from 1 of a place in a text. */
export function positionOf(sql: string, { line, column }: SourceRef): number {
  const before = sql.split("\n").slice(0, line - 1);
  return before.join("\n").length + (line > 1 ? 1 : 0) + column;
}
