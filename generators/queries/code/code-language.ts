import type { FoundQuery } from "../../review/query.ts";

/** A language of application code whose SQL is found. Conservative: what is not surely handed to a database is left out. */
export interface CodeLanguage {
  /** The file's name. */
  readonly id: string;
  /** Endings of its files, with the dot. */
  readonly endings: readonly string[];
  /** The queries in one file. Empty for a file that does not parse. */
  find(file: { readonly path: string; readonly text: string }): Promise<readonly FoundQuery[]>;
}

/** Words that a statement worth reviewing begins with; the dialect's parser decides about the rest. */
const BEGINNING = /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:select|insert|update|delete|with|merge|values)\b/i;

/** Whether a text may be a query. */
export const looksLikeQuery = (text: string): boolean => BEGINNING.test(text);

/** The line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
