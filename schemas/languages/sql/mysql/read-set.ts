import { Cursor } from "./cursor.ts";

/** A variable of the session that a SET gives a value. */
export interface SetVariable {
  /** In lower case, without `@@`, `SESSION` and `GLOBAL`. */
  readonly name: string;
  /** As written; a string without its quotes. */
  readonly value: string;
}

/** The system variables that a SET sets; user variables are left out. */
export function readSet(text: string, runs: (mark: string) => boolean): readonly SetVariable[] {
  const cursor = new Cursor(text, runs);
  if (!cursor.accept("SET")) return [];
  const found: SetVariable[] = [];
  do {
    while (SCOPES.has(cursor.word)) cursor.next();
    const lexeme = cursor.current;
    if (!lexeme) break;
    cursor.next();
    let name = cursor
      .plain(lexeme)
      .toLowerCase()
      .replace(/^@@(?:(?:session|global|local)\.)?/, "");
    // `@@session.sql_mode` may be three tokens.
    while (cursor.accept(".")) name = cursor.plain(cursor.next()).toLowerCase();
    cursor.accept(":");
    if (!cursor.accept("=")) break;
    const first = cursor.at;
    const isString = cursor.isString();
    const value = isString ? cursor.string() : "";
    cursor.skipUntil((word) => word === ",");
    if (!name.startsWith("@")) found.push({ name, value: isString ? value : cursor.since(first) });
  } while (cursor.accept(","));
  return found;
}

const SCOPES: ReadonlySet<string> = new Set(["SESSION", "GLOBAL", "LOCAL", "PERSIST"]);
