import { NO_QUERY, UNKNOWN, type Expression, type Query } from "./expression.ts";
import { readTypeName } from "./read-type.ts";
import type { Reader } from "./reader.ts";

/** Nesting deeper than this is passed over: what it holds is unknown. */
export const DEEPEST = 60;

/** How deep a reader is inside of an expression, and what reads the queries in it. */
export interface Nested {
  readonly depth: number;
  readonly readQuery: (reader: Reader, end: number, nested: Nested) => Query;
}

export const deeper = (nested: Nested): Nested => ({ ...nested, depth: nested.depth + 1 });

/** Reads an expression up to `end`; stops where one cannot go on. */
export function readExpression(reader: Reader, end: number, nested: Nested): Expression {
  let left = readAnd(reader, end, nested);
  while (reader.at < end && reader.take("OR")) left = { kind: "or", left, right: readAnd(reader, end, nested) };
  return left;
}

function readAnd(reader: Reader, end: number, nested: Nested): Expression {
  let left = readNot(reader, end, nested);
  while (reader.at < end && reader.take("AND")) left = { kind: "and", left, right: readNot(reader, end, nested) };
  return left;
}

function readNot(reader: Reader, end: number, nested: Nested): Expression {
  let negations = 0;
  while (reader.at < end && reader.take("NOT")) negations++;
  const value = readPredicate(reader, end, nested);
  return negations % 2 === 1 ? { kind: "not", value } : value;
}

function readPredicate(reader: Reader, end: number, nested: Nested): Expression {
  const left = readSum(reader, end, nested);
  if (reader.at >= end) return left;
  const operator = reader.peek().key;
  if (COMPARISONS.has(operator)) {
    reader.next();
    return { kind: "compare", operator, left, right: readSum(reader, end, nested) };
  }
  if (reader.take("IS")) {
    const negated = reader.take("NOT");
    return reader.take("NULL") ? { kind: "isNull", value: left, negated } : UNKNOWN;
  }
  const negated = reader.is("NOT") && NEGATABLE.has(reader.peek(1).key);
  if (negated) reader.next();
  if (reader.take("IN")) return { kind: "in", value: left, list: readList(reader, nested), negated };
  if (reader.take("LIKE")) {
    const pattern = readSum(reader, end, nested);
    if (reader.take("ESCAPE")) readSum(reader, end, nested);
    return { kind: "like", value: left, pattern, negated };
  }
  if (reader.take("BETWEEN")) {
    readSum(reader, end, nested);
    if (reader.take("AND")) readSum(reader, end, nested);
    return UNKNOWN;
  }
  return left;
}

function readList(reader: Reader, nested: Nested): Expression[] {
  if (!reader.is("(")) return [];
  const close = reader.closeOf(reader.at);
  reader.next();
  const list: Expression[] = [];
  if (reader.is("SELECT") || nested.depth >= DEEPEST) list.push(UNKNOWN);
  else while (reader.at < close) list.push(...readItemIn(reader, close, deeper(nested)));
  reader.at = Math.min(close + 1, reader.tokens.length);
  return list;
}

/** One expression and its comma; moves by one token at least. */
function readItemIn(reader: Reader, close: number, nested: Nested): Expression[] {
  const start = reader.at;
  const value = readExpression(reader, close, nested);
  const isWhole = reader.at >= close || reader.is(",");
  while (reader.at < close && !reader.is(",")) if (!reader.skipParens()) reader.next();
  reader.take(",");
  if (reader.at === start) reader.next();
  return [isWhole ? value : UNKNOWN];
}

function readSum(reader: Reader, end: number, nested: Nested): Expression {
  let left = readPrimary(reader, end, nested);
  while (reader.at < end && ARITHMETIC.has(reader.peek().key)) {
    const operator = reader.next().key;
    left = { kind: "arithmetic", operator, left, right: readPrimary(reader, end, nested) };
  }
  return left;
}

function readPrimary(reader: Reader, end: number, nested: Nested): Expression {
  if (reader.at >= end) return UNKNOWN;
  const token = reader.peek();
  switch (token.kind) {
    case "string":
      reader.next();
      return afterValue(reader, {
        kind: "literal",
        value: token.value,
        type: literalType(reader.text, token.start, token.value),
      });
    case "number": {
      reader.next();
      const isWhole = /^\d{1,15}$/.test(token.value);
      return { kind: "literal", value: isWhole ? Number(token.value) : token.value, type: numberType(token.value) };
    }
    case "variable":
      reader.next();
      return { kind: "variable", name: token.value.toLowerCase() };
    case "symbol":
      return readSymbol(reader, end, nested);
    case "end":
      return UNKNOWN;
    default:
      return afterValue(reader, readNamed(reader, end, nested));
  }
}

/** `COLLATE name` and `AT TIME ZONE 'x'` change nothing a rule here depends on. */
function afterValue(reader: Reader, value: Expression): Expression {
  while (reader.is("COLLATE")) reader.at += 2;
  while (reader.is("AT", "TIME", "ZONE")) reader.at += 4;
  return value;
}

function readSymbol(reader: Reader, end: number, nested: Nested): Expression {
  if (reader.is("(")) {
    const close = reader.closeOf(reader.at);
    reader.next();
    let value: Expression = UNKNOWN;
    if (nested.depth < DEEPEST) {
      if (reader.is("SELECT")) value = { kind: "subquery", query: nested.readQuery(reader, close, deeper(nested)) };
      else {
        value = readExpression(reader, close, deeper(nested));
        if (reader.at < close) value = UNKNOWN;
      }
    }
    reader.at = Math.min(close + 1, reader.tokens.length);
    return value;
  }
  if (reader.is("-") || reader.is("+") || reader.is("~")) {
    const sign = reader.next().key;
    // A chain of signs is read by the loop below, not by recursion.
    while (reader.is("-") || reader.is("+") || reader.is("~")) reader.next();
    const value = readPrimary(reader, end, nested);
    if (sign !== "-" || value.kind !== "literal") return value.kind === "literal" ? value : UNKNOWN;
    return { ...value, value: typeof value.value === "number" ? -value.value : `-${value.value}` };
  }
  // A list ends here, or something no rule knows.
  if (!reader.is(",") && !reader.is(")") && !reader.is(";") && !COMPARISONS.has(reader.peek().key)) reader.next();
  return UNKNOWN;
}

function readNamed(reader: Reader, end: number, nested: Nested): Expression {
  if (reader.is("NULL")) {
    reader.next();
    return { kind: "literal", value: null, type: "int" };
  }
  if (reader.is("EXISTS", "(")) return readExists(reader, nested);
  if (reader.is("CASE")) return readCase(reader, end, nested);
  if (["CAST", "TRY_CAST"].includes(reader.peek().key) && reader.is(reader.peek().key, "("))
    return readCast(reader, nested);
  if (["CONVERT", "TRY_CONVERT"].includes(reader.peek().key) && reader.peek(1).key === "(")
    return readConvert(reader, nested);
  if (STOPS.has(reader.peek().key)) return UNKNOWN;
  const name = reader.qualified();
  if (!name) return UNKNOWN;
  if (reader.is("(")) {
    const args = readList(reader, nested);
    if (reader.is("OVER")) {
      reader.next();
      reader.skipParens();
    }
    if (reader.take("WITHIN", "GROUP")) reader.skipParens();
    const schema = name.schema === undefined ? {} : { schema: name.schema };
    return { kind: "call", name: name.name, ...schema, arguments: args };
  }
  return { kind: "column", name: name.name, ...(name.schema === undefined ? {} : { source: name.schema }) };
}

function readExists(reader: Reader, nested: Nested): Expression {
  const close = reader.closeOf(reader.at + 1);
  reader.at += 2;
  while (reader.at < close && reader.is("(")) reader.next();
  const query = nested.depth < DEEPEST ? nested.readQuery(reader, close, deeper(nested)) : NO_QUERY;
  reader.at = Math.min(close + 1, reader.tokens.length);
  return { kind: "exists", query };
}

function readCase(reader: Reader, end: number, nested: Nested): Expression {
  const close = Math.min(endOfCase(reader), end);
  const results: Expression[] = [];
  let open = 0;
  reader.next();
  while (reader.at < close - 1) {
    if (reader.is("CASE")) open++;
    if (reader.is("END")) open--;
    if (open === 0 && nested.depth < DEEPEST && (reader.is("THEN") || reader.is("ELSE"))) {
      reader.next();
      results.push(readExpression(reader, close - 1, deeper(nested)));
    } else if (!reader.skipParens()) reader.next();
  }
  reader.at = close;
  return { kind: "case", results };
}

/** Index behind the END of the CASE at the cursor. */
function endOfCase(reader: Reader): number {
  let open = 0;
  for (let at = reader.at; at < reader.tokens.length; at++) {
    const key = reader.tokens[at]?.key;
    if (key === "CASE") open++;
    else if (key === "END" && --open === 0) return at + 1;
  }
  return reader.tokens.length;
}

function readCast(reader: Reader, nested: Nested): Expression {
  const close = reader.closeOf(reader.at + 1);
  reader.at += 2;
  const value = nested.depth < DEEPEST ? readExpression(reader, close, deeper(nested)) : UNKNOWN;
  while (reader.at < close && !reader.take("AS")) if (!reader.skipParens()) reader.next();
  const type = readTypeName(reader)?.text ?? "";
  reader.at = Math.min(close + 1, reader.tokens.length);
  return { kind: "cast", value, type };
}

function readConvert(reader: Reader, nested: Nested): Expression {
  const close = reader.closeOf(reader.at + 1);
  reader.at += 2;
  const type = readTypeName(reader)?.text ?? "";
  const value = reader.take(",") && nested.depth < DEEPEST ? readExpression(reader, close, deeper(nested)) : UNKNOWN;
  reader.at = Math.min(close + 1, reader.tokens.length);
  return { kind: "cast", value, type };
}

const literalType = (text: string, start: number, value: string): string =>
  `${(text.charCodeAt(start) | 32) === 110 ? "nvarchar" : "varchar"}(${Math.max(1, value.length)})`;

function numberType(value: string): string {
  if (/^\d{1,9}$/.test(value)) return "int";
  if (/^0x/i.test(value)) return `varbinary(${Math.max(1, (value.length - 2) >> 1)})`;
  if (/e/i.test(value)) return "float";
  const [whole = "", fraction = ""] = value.split(".");
  return `numeric(${Math.max(1, whole.length + fraction.length)},${fraction.length})`;
}

const COMPARISONS: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", ">", "<=", ">=", "!<", "!>"]);
const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "&", "|", "^", "||"]);
const NEGATABLE: ReadonlySet<string> = new Set(["IN", "LIKE", "BETWEEN"]);
const STOPS: ReadonlySet<string> = new Set([
  "AND",
  "OR",
  "FROM",
  "WHERE",
  "GROUP",
  "ORDER",
  "HAVING",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "INTO",
  "AS",
  "ON",
  "THEN",
  "ELSE",
  "WHEN",
  "END",
  "BEGIN",
  "SELECT",
  "OPTION",
  "FOR",
  "IN",
  "IS",
  "LIKE",
  "BETWEEN",
  "NOT",
]);
