import type { Cursor, QualifiedName } from "./cursor.ts";
import { selectModifiers } from "./select-modifiers.ts";
import type { SelectItem, SelectShape } from "./statement.ts";

/**
 * The select list and the tables of a query, as far as a simple one tells them: passes the rest of the statement.
 * Of a UNION the first query names the columns.
 */
export function readSelect(cursor: Cursor): SelectShape {
  const first = cursor.at;
  while (cursor.accept("(")) continue;
  const ctes = readWith(cursor);
  while (cursor.accept("(")) continue;
  let items: readonly SelectItem[] = [];
  let from: SelectShape["from"] = [];
  if (cursor.accept("SELECT")) {
    while (SELECT_OPTIONS.has(cursor.word)) cursor.next();
    items = readItems(cursor);
    if (cursor.accept("FROM")) from = readFrom(cursor, ctes);
  }
  cursor.rest();
  return { items, from, reads: tablesRead(cursor, first, ctes) };
}

/** Names of the common table expressions, in lower case. */
function readWith(cursor: Cursor): ReadonlySet<string> {
  const names = new Set<string>();
  if (!cursor.accept("WITH")) return names;
  cursor.accept("RECURSIVE");
  do {
    names.add(cursor.name().toLowerCase());
    if (cursor.word === "(") cursor.parenthesised();
    cursor.expect("AS");
    cursor.parenthesised();
  } while (cursor.accept(","));
  return names;
}

function readItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(readItem(cursor));
  while (cursor.accept(","));
  return items;
}

function readItem(cursor: Cursor): SelectItem {
  if (cursor.accept("*")) return { kind: "all" };
  const first = cursor.at;
  cursor.skipUntil((word) => word === "," || word === "AS" || LIST_ENDS.has(word));
  const end = cursor.at;
  const text = cursor.since(first);
  if (cursor.accept("AS")) return named(cursor, first, end, text, readAlias(cursor));
  // `price total` names its column without AS: two names in a row, or a name behind a parenthesis.
  const last = cursor.lexemes[end - 1];
  const before = cursor.lexemes[end - 2];
  const isAlias =
    end - first > 1 &&
    (last?.kind === "word" || last?.kind === "name") &&
    last.word !== "END" &&
    (before?.kind !== "symbol" || before.word === ")") &&
    !(before?.kind === "word" && WORD_OPERATORS.has(before.word));
  if (isAlias) return named(cursor, first, end - 1, text, cursor.plain(last));
  return named(cursor, first, end, text, null);
}

function readAlias(cursor: Cursor): string {
  return cursor.isString() ? cursor.string() : cursor.name();
}

function named(cursor: Cursor, first: number, end: number, text: string, alias: string | null): SelectItem {
  const parts = cursor.lexemes.slice(first, Math.min(end, first + 6));
  const isPath =
    end - first <= 5 &&
    parts.every((part, index) => (index % 2 === 1 ? part.word === "." : isPathPart(part.kind, part.word)));
  const last = parts.at(-1);
  if (!isPath || !last || parts.length % 2 === 0) return { kind: "expression", name: alias ?? text, text };
  const table = parts.length > 1 ? cursor.plain(parts[parts.length - 3] ?? last) : undefined;
  if (last.word === "*") return { kind: "all", ...(table === undefined ? {} : { table }) };
  const column = cursor.plain(last);
  return { kind: "column", column, name: alias ?? column, ...(table === undefined ? {} : { table }) };
}

const isPathPart = (kind: string, word: string): boolean =>
  kind === "name" || (kind === "word" && !LITERALS.has(word)) || word === "*";

function readFrom(cursor: Cursor, ctes: ReadonlySet<string>): SelectShape["from"] {
  const from: { alias: string; table: QualifiedName | null; optional: boolean }[] = [];
  let optional = false;
  do {
    const isOptional = optional;
    if (isJoinInParentheses(cursor)) {
      cursor.next();
      cursor.depth++;
      from.push(...readFrom(cursor, ctes).map((entry) => ({ ...entry, optional: entry.optional || isOptional })));
      cursor.depth--;
      cursor.accept(")");
    } else {
      const entry = readTableFactor(cursor, ctes);
      if (entry) from.push({ ...entry, optional });
    }
    optional = toNextTable(cursor);
  } while (!cursor.isDone && !FROM_ENDS.has(cursor.word));
  return from;
}

/** As servers print every join; a query in parentheses is something else. */
function isJoinInParentheses(cursor: Cursor): boolean {
  if (cursor.word !== "(" || cursor.depth >= DEEPEST_JOIN) return false;
  let ahead = 1;
  while (ahead <= DEEPEST_JOIN && cursor.wordAt(ahead) === "(") ahead++;
  return !QUERY_STARTS.has(cursor.wordAt(ahead));
}

const DEEPEST_JOIN = 100;
const QUERY_STARTS: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES", "TABLE"]);

function readTableFactor(
  cursor: Cursor,
  ctes: ReadonlySet<string>,
): { alias: string; table: QualifiedName | null } | null {
  cursor.accept("LATERAL");
  if (cursor.word === "(") {
    cursor.parenthesised();
    cursor.accept("AS");
    return { alias: cursor.isName() && !JOINS.has(cursor.word) ? cursor.name() : "", table: null };
  }
  if (!cursor.isName()) return null;
  const table = cursor.qualifiedName();
  if (cursor.word === "(") cursor.parenthesised();
  const hasAs = cursor.accept("AS");
  const hasAlias = hasAs || (cursor.isName() && !JOINS.has(cursor.word) && !FROM_ENDS.has(cursor.word));
  const alias = hasAlias ? cursor.name() : table.name;
  const isCte = table.schema === undefined && ctes.has(table.name.toLowerCase());
  return { alias, table: isCte ? null : table };
}

/** Passes the join condition and the words of the next join; true when its table may be missing in a row. */
function toNextTable(cursor: Cursor): boolean {
  cursor.skipUntil((word) => word === "," || JOINS.has(word) || FROM_ENDS.has(word));
  let optional = false;
  while (JOINS.has(cursor.word) || cursor.word === ",") {
    if (cursor.word === "LEFT") optional = true;
    const { word } = cursor.next();
    if (word === "ON" || word === "USING")
      cursor.skipUntil((next) => next === "," || JOIN_STARTS.has(next) || FROM_ENDS.has(next));
  }
  return optional;
}

/** Every name behind FROM, JOIN or a comma between tables; functions such as `TRIM(x FROM y)` may add names of nothing. */
function tablesRead(cursor: Cursor, first: number, ctes: ReadonlySet<string>): readonly QualifiedName[] {
  const reads = new Map<string, QualifiedName>();
  const { lexemes } = cursor;
  for (let at = first; at < lexemes.length; at++) {
    cursor.steps++;
    const { word } = lexemes[at] ?? { word: "" };
    if (word !== "FROM" && word !== "JOIN" && word !== "STRAIGHT_JOIN" && word !== ",") continue;
    let start = at + 1;
    if (word !== ",") while (lexemes[start]?.word === "(") start++;
    const one = lexemes[start];
    if ((one?.kind !== "word" && one?.kind !== "name") || one.word === "SELECT") continue;
    const isQualified = lexemes[start + 1]?.word === "." && lexemes[start + 2] !== undefined;
    const last = isQualified ? lexemes[start + 2] : one;
    if (!last) continue;
    const name = { ...(isQualified ? { schema: cursor.plain(one) } : {}), name: cursor.plain(last) };
    if (!isQualified && ctes.has(name.name.toLowerCase())) continue;
    reads.set(`${name.schema ?? ""}.${name.name}`, name);
  }
  return [...reads.values()];
}

const SELECT_OPTIONS: ReadonlySet<string> = new Set(["ALL", "DISTINCT", "DISTINCTROW", ...selectModifiers]);
const FROM_ENDS: ReadonlySet<string> = new Set([
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "LIMIT",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "WINDOW",
  "PROCEDURE",
  "FOR",
  "LOCK",
  ")",
]);
const LIST_ENDS: ReadonlySet<string> = new Set([...FROM_ENDS, "FROM", "INTO"]);
const JOIN_STARTS: ReadonlySet<string> = new Set([
  "JOIN",
  "INNER",
  "CROSS",
  "LEFT",
  "RIGHT",
  "NATURAL",
  "STRAIGHT_JOIN",
]);
const JOINS: ReadonlySet<string> = new Set([...JOIN_STARTS, "OUTER", "ON", "USING", "USE", "FORCE", "IGNORE"]);
const WORD_OPERATORS: ReadonlySet<string> = new Set([
  "AND",
  "OR",
  "NOT",
  "IS",
  "LIKE",
  "IN",
  "DIV",
  "MOD",
  "BETWEEN",
  "XOR",
  "COLLATE",
  "REGEXP",
]);
const LITERALS: ReadonlySet<string> = new Set([
  "NULL",
  "TRUE",
  "FALSE",
  "CURRENT_TIMESTAMP",
  "CURRENT_DATE",
  "CURRENT_USER",
]);
