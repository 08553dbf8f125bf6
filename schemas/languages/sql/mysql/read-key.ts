import type { Cursor } from "./cursor.ts";
import type { ForeignKeySpec, KeyPart, KeySpec, ReferenceAction, References } from "./statement.ts";

/** What begins a key in a table or behind ADD; null when something else does. `CONSTRAINT name` was passed. */
export function readKey(cursor: Cursor, constraint: string | undefined): KeySpec | null {
  const { offset } = cursor;
  const kind = readKeyKind(cursor);
  if (kind === null) return null;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  let using = readUsing(cursor);
  const named = cursor.word !== "(" && cursor.word !== "USING" && cursor.isName() ? cursor.name() : undefined;
  using = readUsing(cursor) ?? using;
  const name = named ?? constraint;
  const { parts, withoutOverlaps } = readPeriodParts(cursor);
  return {
    kind,
    offset,
    parts,
    ...(withoutOverlaps ? { withoutOverlaps } : {}),
    ...(name === undefined ? {} : { name }),
    ...(ifNotExists ? { ifNotExists } : {}),
    ...readKeyOptions(cursor, using),
  };
}

function readKeyKind(cursor: Cursor): KeySpec["kind"] | null {
  if (cursor.accept("PRIMARY", "KEY")) return "primary";
  for (const [word, kind] of KINDS) {
    if (!cursor.is(word)) continue;
    // `unique`, `key` … may be a column's name only in backticks, which are no words.
    cursor.next();
    if (kind !== "index" && !cursor.accept("KEY")) cursor.accept("INDEX");
    return kind;
  }
  return null;
}

/** `( column (10) DESC, (expression) )`. */
export const readKeyParts = (cursor: Cursor): readonly KeyPart[] => readPeriodParts(cursor).parts;

/** The same, where MariaDB's `period WITHOUT OVERLAPS` may close them. */
function readPeriodParts(cursor: Cursor): { readonly parts: readonly KeyPart[]; readonly withoutOverlaps: boolean } {
  cursor.expect("(");
  const parts: KeyPart[] = [];
  do {
    const part = cursor.word === "(" ? { expression: cursor.parenthesised() } : readColumnPart(cursor);
    const descending = cursor.accept("DESC");
    if (!descending) cursor.accept("ASC");
    parts.push({ ...part, ...(descending ? { descending } : {}) });
  } while (cursor.accept(","));
  const withoutOverlaps = cursor.accept("WITHOUT", "OVERLAPS");
  cursor.expect(")");
  return { parts, withoutOverlaps };
}

function readColumnPart(cursor: Cursor): KeyPart {
  const column = cursor.name();
  if (!cursor.accept("(")) return { column };
  const length = Number(cursor.plain(cursor.next()));
  cursor.expect(")");
  return { column, length };
}

function readUsing(cursor: Cursor): string | undefined {
  return cursor.accept("USING") || cursor.accept("TYPE") ? cursor.name().toLowerCase() : undefined;
}

/** Options behind a key's columns; an unknown one ends them. */
export function readKeyOptions(
  cursor: Cursor,
  before: string | undefined,
): Pick<KeySpec, "using" | "comment" | "invisible" | "parser"> {
  let options: Pick<KeySpec, "using" | "comment" | "invisible" | "parser"> =
    before === undefined ? {} : { using: before };
  for (;;) {
    const using = readUsing(cursor);
    if (using !== undefined) options = { ...options, using };
    else if (cursor.accept("COMMENT")) {
      cursor.accept("=");
      options = { ...options, comment: cursor.string() };
    } else if (cursor.accept("WITH", "PARSER")) options = { ...options, parser: cursor.name() };
    else if (cursor.accept("INVISIBLE") || cursor.accept("IGNORED")) options = { ...options, invisible: true };
    else if (cursor.accept("VISIBLE") || cursor.accept("NOT", "IGNORED")) options = { ...options, invisible: false };
    else if (KEY_VALUES.has(cursor.word)) {
      cursor.next();
      cursor.accept("=");
      cursor.next();
    } else return options;
  }
}

/** `FOREIGN KEY [name] (columns) REFERENCES …`; null when something else comes. */
export function readForeignKey(cursor: Cursor, constraint: string | undefined): ForeignKeySpec | null {
  const { offset } = cursor;
  if (!cursor.accept("FOREIGN", "KEY")) return null;
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const indexName = cursor.word === "(" ? undefined : cursor.name();
  const columns = readNames(cursor);
  const references = readReferences(cursor);
  // No server takes it; files in other languages declare relations that the application keeps.
  const isLoose = cursor.accept("NOT", "ENFORCED");
  return {
    offset,
    columns,
    references,
    ...(isLoose ? { enforced: false } : {}),
    ...(constraint === undefined ? {} : { name: constraint }),
    ...(indexName === undefined ? {} : { indexName }),
    ...(ifNotExists ? { ifNotExists } : {}),
  };
}

export function readReferences(cursor: Cursor): References {
  cursor.expect("REFERENCES");
  const table = cursor.qualifiedName();
  const columns = cursor.word === "(" ? readNames(cursor) : [];
  let references: References = { table, columns };
  for (;;) {
    if (cursor.accept("ON", "DELETE")) references = { ...references, onDelete: readAction(cursor) };
    else if (cursor.is("ON", "UPDATE") && ACTION_STARTS.has(cursor.wordAt(2))) {
      cursor.accept("ON", "UPDATE");
      references = { ...references, onUpdate: readAction(cursor) };
    } else if (cursor.accept("MATCH")) references = { ...references, match: readMatch(cursor) };
    else return references;
  }
}

function readMatch(cursor: Cursor): "simple" | "full" | "partial" {
  if (cursor.accept("FULL")) return "full";
  if (cursor.accept("PARTIAL")) return "partial";
  cursor.expect("SIMPLE");
  return "simple";
}

function readAction(cursor: Cursor): ReferenceAction {
  if (cursor.accept("CASCADE")) return "cascade";
  if (cursor.accept("RESTRICT")) return "restrict";
  if (cursor.accept("SET", "NULL")) return "set null";
  if (cursor.accept("SET", "DEFAULT")) return "set default";
  cursor.expect("NO", "ACTION");
  return "no action";
}

/** `(a, b)`; prefix lengths and orders are passed. */
export function readNames(cursor: Cursor): readonly string[] {
  return readKeyParts(cursor).flatMap(({ column }) => column ?? []);
}

const KINDS: readonly (readonly [string, KeySpec["kind"]])[] = [
  ["UNIQUE", "unique"],
  ["FULLTEXT", "fulltext"],
  ["SPATIAL", "spatial"],
  ["KEY", "index"],
  ["INDEX", "index"],
];
const ACTION_STARTS: ReadonlySet<string> = new Set(["CASCADE", "RESTRICT", "SET", "NO"]);
const KEY_VALUES: ReadonlySet<string> = new Set([
  "KEY_BLOCK_SIZE",
  "ENGINE_ATTRIBUTE",
  "SECONDARY_ENGINE_ATTRIBUTE",
  "CLUSTERING",
  "M",
  "DISTANCE",
]);
