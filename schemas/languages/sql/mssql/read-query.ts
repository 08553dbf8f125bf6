import { NO_QUERY, UNKNOWN, type Expression, type Query, type SelectItem, type Source } from "./expression.ts";
import { DEEPEST, deeper, readExpression, type Nested } from "./read-expression.ts";
import type { Reader } from "./reader.ts";

const TOP: Nested = { depth: 0, readQuery };

/** Reads an expression that stands in no other one, up to `end`. */
export const readValue = (reader: Reader, end: number): Expression => readExpression(reader, end, TOP);

/** Reads `[WITH …] SELECT …` up to `end`: of a union, the first branch, which gives the columns. */
export function readQuery(reader: Reader, end: number, nested: Nested = TOP): Query {
  const ctes = reader.take("WITH") ? readCtes(reader, end, nested) : [];
  while (reader.at < end && reader.is("(")) reader.next();
  if (!reader.take("SELECT")) {
    reader.at = end;
    return { ...NO_QUERY, with: ctes };
  }
  if (!reader.take("DISTINCT")) reader.take("ALL");
  if (reader.take("TOP")) {
    if (!reader.skipParens()) reader.next();
    reader.take("PERCENT");
    reader.take("WITH", "TIES");
  }
  const items = readItems(reader, end, nested);
  const into = reader.at < end && reader.take("INTO") ? reader.qualified() : null;
  const sources = reader.at < end && reader.take("FROM") ? readSources(reader, end, nested) : [];
  const where = reader.at < end && reader.take("WHERE") ? readExpression(reader, end, nested) : undefined;
  const rest = reader.at < end && !reader.is(";") && !reader.is("ORDER") && !reader.is("OPTION") && !reader.is(")");
  reader.at = end;
  return { with: ctes, items, sources, ...(into ? { into } : {}), ...(where ? { where } : {}), isOpaque: rest };
}

function readCtes(reader: Reader, end: number, nested: Nested): Query["with"] {
  const ctes: { name: string; columns: readonly string[]; query: Query }[] = [];
  while (reader.at < end) {
    const name = reader.name();
    if (name === null) break;
    const columns = reader.nameList().map((column) => column.name);
    if (!reader.take("AS") || !reader.is("(")) break;
    const close = reader.closeOf(reader.at);
    reader.next();
    ctes.push({
      name,
      columns,
      query: nested.depth < DEEPEST ? readQuery(reader, Math.min(close, end), deeper(nested)) : NO_QUERY,
    });
    reader.at = Math.min(close + 1, reader.tokens.length);
    if (!reader.take(",")) break;
  }
  return ctes;
}

function readItems(reader: Reader, end: number, nested: Nested): SelectItem[] {
  const items: SelectItem[] = [];
  while (reader.at < end) {
    const start = reader.at;
    items.push(readItem(reader, end, nested));
    let isLast = true;
    while (reader.at < end && !ITEM_ENDS.has(reader.peek().key)) if (!reader.skipParens()) reader.next();
    if (reader.at < end && reader.take(",")) isLast = false;
    if (isLast || reader.at === start) break;
  }
  return items;
}

function readItem(reader: Reader, end: number, nested: Nested): SelectItem {
  if (reader.take("*")) return { star: {}, value: UNKNOWN };
  const star = starSource(reader);
  if (star !== null) return { star: { source: star }, value: UNKNOWN };
  const first = reader.peek();
  if (first.kind === "variable" && reader.peek(1).key === "=") {
    reader.at += 2;
    return { assigns: first.value.toLowerCase(), value: readExpression(reader, end, nested) };
  }
  if ((first.kind === "name" || first.kind === "word") && reader.peek(1).key === "=") {
    reader.at += 2;
    return { alias: first.value, value: readExpression(reader, end, nested) };
  }
  const value = readExpression(reader, end, nested);
  reader.take("AS");
  const token = reader.peek();
  const isAlias =
    reader.at < end &&
    (token.kind === "name" || token.kind === "string" || (token.kind === "word" && !ITEM_ENDS.has(token.key)));
  if (isAlias) {
    reader.next();
    return { alias: token.value, value };
  }
  return value.kind === "column" ? { alias: value.name, value } : { value };
}

/** `t.*` and `dbo.t.*`; null without moving when it is something else. */
function starSource(reader: Reader): string | null {
  let ahead = 0;
  while (
    ahead < LONGEST_NAME &&
    ["name", "word"].includes(reader.peek(ahead).kind) &&
    reader.peek(ahead + 1).key === "."
  ) {
    if (reader.peek(ahead + 2).key === "*") {
      const source = reader.peek(ahead).value;
      reader.at += ahead + 3;
      return source;
    }
    ahead += 2;
  }
  return null;
}

const LONGEST_NAME = 8;

function readSources(reader: Reader, end: number, nested: Nested): Source[] {
  const sources: Source[] = [];
  let optional = false;
  while (reader.at < end) {
    const source = readSource(reader, end, nested, optional);
    if (source) sources.push(source);
    const start = reader.at;
    optional = false;
    let goesOn = reader.take(",");
    while (reader.at < end && !goesOn && JOIN_WORDS.has(reader.peek().key)) {
      const word = reader.next().key;
      if (word === "LEFT" || word === "FULL" || (word === "OUTER" && reader.is("APPLY"))) optional = true;
      if (word === "RIGHT" || word === "FULL") sources.splice(0, sources.length, ...sources.map(asOptional));
      goesOn = word === "JOIN" || word === "APPLY";
    }
    if (!goesOn || reader.at === start) break;
  }
  return sources;
}

const asOptional = (source: Source): Source => ({ ...source, optional: true });

function readSource(reader: Reader, end: number, nested: Nested, optional: boolean): Source | null {
  let query: Query | undefined;
  if (reader.is("(")) {
    const close = reader.closeOf(reader.at);
    if (reader.peek(1).key === "SELECT" && nested.depth < DEEPEST) {
      reader.next();
      query = readQuery(reader, close, deeper(nested));
    }
    reader.at = Math.min(close + 1, reader.tokens.length);
  }
  const name = query ? null : reader.qualified();
  if (name) reader.skipParens();
  if (reader.take("FOR"))
    while (reader.at < end && !SOURCE_ENDS.has(reader.peek().key)) if (!reader.skipParens()) reader.next();
  const isNamed = reader.take("AS") || !SOURCE_ENDS.has(reader.peek().key);
  const alias = reader.at < end && isNamed ? reader.name() : null;
  const columns =
    alias !== null && reader.is("(") && !reader.is("(", "NOLOCK") ? reader.nameList().map((column) => column.name) : [];
  if (reader.take("WITH")) reader.skipParens();
  if (reader.is("(")) reader.skipParens();
  const on = reader.at < end && reader.take("ON") ? readExpression(reader, end, nested) : undefined;
  if (!name && !query) return { optional, ...(alias === null ? {} : { alias }), ...(on ? { on } : {}) };
  return {
    ...(name ? { name } : {}),
    ...(query ? { query } : {}),
    ...(alias === null ? {} : { alias }),
    ...(columns.length > 0 ? { columns } : {}),
    optional,
    ...(on ? { on } : {}),
  };
}

const ITEM_ENDS: ReadonlySet<string> = new Set([
  ",",
  ";",
  ")",
  "FROM",
  "INTO",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "OPTION",
  "FOR",

  "WINDOW",
  "AS",
]);
const JOIN_WORDS: ReadonlySet<string> = new Set([
  "INNER",
  "LEFT",
  "RIGHT",
  "FULL",
  "OUTER",
  "CROSS",
  "JOIN",
  "APPLY",
  "LOOP",
  "HASH",
  "MERGE",
  "REMOTE",
]);
const SOURCE_ENDS: ReadonlySet<string> = new Set([
  ...JOIN_WORDS,
  ",",
  ";",
  ")",
  "(",
  "ON",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "OPTION",
  "FOR",
  "WITH",
  "PIVOT",
  "UNPIVOT",
  "TABLESAMPLE",
  "WINDOW",
]);
