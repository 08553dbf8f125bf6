import type { ApplyContext } from "./apply-context.ts";
import { ReadError, type Cursor } from "./cursor.ts";
import { catalogRows, type CatalogRow } from "./information-schema.ts";

export type Value = string | number | null;

/** What names mean while an expression is evaluated. */
export interface Scope {
  readonly context: Pick<ApplyContext, "built" | "facts" | "current">;
  /** Session variables with their `@`, and a routine's own, in lower case. */
  readonly variables: Pick<ReadonlyMap<string, Value | undefined>, "get" | "has">;
  /** The catalog row that a condition is asked of. */
  readonly row?: CatalogRow;
}

/** The value depends on rows, or on something that is not evaluated here. */
export class UnknownValue extends Error {}

/** The value of an expression of literals, variables, texts put together and questions to the catalog. */
export function evaluate(cursor: Cursor, scope: Scope): Value {
  // No guard that a person writes is nested this deep; a stack has an end.
  if (cursor.depth > DEEPEST) throw new UnknownValue();
  cursor.depth++;
  const value = evaluateOr(cursor, scope);
  cursor.depth--;
  return value;
}

function evaluateOr(cursor: Cursor, scope: Scope): Value {
  let left = evaluateAnd(cursor, scope);
  while (cursor.accept("OR") || cursor.accept("|", "|"))
    left = Number(isTrue(evaluateAnd(cursor, scope)) || isTrue(left));
  return left;
}

function evaluateAnd(cursor: Cursor, scope: Scope): Value {
  let left = evaluateNot(cursor, scope);
  while (cursor.accept("AND") || cursor.accept("&", "&"))
    left = Number(isTrue(evaluateNot(cursor, scope)) && isTrue(left));
  return left;
}

function evaluateNot(cursor: Cursor, scope: Scope): Value {
  let turns = 0;
  while (cursor.accept("NOT") || cursor.accept("!")) turns++;
  const value = evaluateComparison(cursor, scope);
  return turns === 0 ? value : Number(isTrue(value) === (turns % 2 === 0));
}

function evaluateComparison(cursor: Cursor, scope: Scope): Value {
  const left = evaluateOperand(cursor, scope);
  if (cursor.accept("IS")) {
    const isNot = cursor.accept("NOT");
    cursor.expect("NULL");
    return Number((left === null) !== isNot);
  }
  const isNot = cursor.accept("NOT");
  if (cursor.accept("IN")) {
    cursor.expect("(");
    let found = false;
    do if (compare(left, evaluate(cursor, scope)) === 0) found = true;
    while (cursor.accept(","));
    cursor.expect(")");
    return Number(found !== isNot);
  }
  if (cursor.accept("LIKE")) return Number(isLike(left, evaluateOperand(cursor, scope)) !== isNot);
  for (const [words, holds] of COMPARISONS) {
    if (!cursor.accept(...words)) continue;
    const order = compare(left, evaluateOperand(cursor, scope));
    return order === null ? null : Number(holds(order));
  }
  return left;
}

function evaluateOperand(cursor: Cursor, scope: Scope): Value {
  cursor.accept("BINARY");
  if (cursor.isString()) return cursor.string();
  const lexeme = cursor.next();
  if (lexeme.kind === "number") return Number(cursor.plain(lexeme));
  if (lexeme.kind === "variable") return variable(scope, cursor.plain(lexeme));
  if (lexeme.word === "(") {
    const value = cursor.is("SELECT") ? evaluateSelect(cursor, scope).value : evaluate(cursor, scope);
    cursor.expect(")");
    return value;
  }
  if (lexeme.kind !== "word" && lexeme.kind !== "name") throw new UnknownValue();
  if (cursor.word === "(" && lexeme.kind === "word") return evaluateCall(cursor, scope, lexeme.word);
  return evaluateName(cursor, scope, cursor.plain(lexeme), lexeme.word);
}

function evaluateName(cursor: Cursor, scope: Scope, name: string, word: string): Value {
  if (word === "NULL") return null;
  if (word === "TRUE" || word === "FALSE") return Number(word === "TRUE");
  // `t.table_name`: the qualifier of the one table that is asked.
  let last = name;
  while (cursor.accept(".")) last = cursor.name();
  const key = last.toLowerCase();
  if (last === name && scope.variables.has(key)) return variable(scope, key);
  const found = scope.row?.[key];
  if (found === undefined) throw new UnknownValue();
  return found;
}

function variable({ variables }: Scope, name: string): Value {
  const key = name.toLowerCase();
  // A session variable that nothing has set is NULL.
  if (!variables.has(key) && key.startsWith("@") && !key.startsWith("@@")) return null;
  const value = variables.get(key);
  if (value === undefined) throw new UnknownValue();
  return value;
}

function evaluateCall(cursor: Cursor, scope: Scope, name: string): Value {
  cursor.expect("(");
  if (name === "EXISTS") {
    const { rows } = evaluateSelect(cursor, scope);
    cursor.expect(")");
    return Number(rows > 0);
  }
  const values: Value[] = [];
  while (!cursor.accept(")")) {
    values.push(cursor.is("SELECT") ? evaluateSelect(cursor, scope).value : evaluate(cursor, scope));
    if (!cursor.accept(",") && cursor.word !== ")") throw new UnknownValue();
  }
  const [first = null, second = null, third = null] = values;
  switch (name) {
    case "CONCAT":
      return values.includes(null) ? null : values.join("");
    case "IF":
      return isTrue(first) ? second : third;
    case "IFNULL":
    case "COALESCE":
      return values.find((value) => value !== null) ?? null;
    case "DATABASE":
    case "SCHEMA":
      return scope.context.current;
    case "LOWER":
    case "UPPER":
      if (first === null) return null;
      return name === "LOWER" ? String(first).toLowerCase() : String(first).toUpperCase();
    default:
      throw new UnknownValue();
  }
}

export interface Selected {
  /** The only value of the first row; NULL without rows. */
  readonly value: Value;
  readonly rows: number;
  /** Variable behind INTO, in lower case. */
  readonly into?: string;
}

/** A query of one expression, of nothing or of one table of the catalog. */
export function evaluateSelect(cursor: Cursor, scope: Scope): Selected {
  cursor.expect("SELECT");
  cursor.accept("DISTINCT");
  const item = cursor.at;
  cursor.skipUntil((word) => word === "FROM" || word === "INTO" || word === ";" || word === ",");
  if (cursor.word === ",") throw new UnknownValue();
  let into = readInto(cursor);
  if (!cursor.accept("FROM")) {
    const end = cursor.at;
    cursor.at = item;
    const value = evaluate(cursor, scope);
    cursor.at = Math.max(end, cursor.at);
    return { value, rows: 1, ...(into === undefined ? {} : { into }) };
  }
  const table = cursor.qualifiedName();
  if (table.schema?.toLowerCase() !== "information_schema") throw new UnknownValue();
  if (cursor.accept("AS") || (cursor.isName() && !CLAUSES.has(cursor.word))) cursor.name();
  const isFiltered = cursor.accept("WHERE");
  const asked = isFiltered ? askedTable(cursor, scope) : undefined;
  const all = catalogRows(scope.context.built, scope.context.facts, table.name, asked);
  if (!all) throw new UnknownValue();
  const rows = isFiltered ? matching(cursor, scope, all) : all;
  cursor.skipUntil((word) => word === "INTO" || word === ";");
  into ??= readInto(cursor);
  const end = cursor.at;
  const value = valueOf(cursor, scope, item, rows);
  cursor.at = end;
  return { value, rows: rows.length, ...(into === undefined ? {} : { into }) };
}

function readInto(cursor: Cursor): string | undefined {
  return cursor.accept("INTO") ? cursor.plain(cursor.next()).toLowerCase() : undefined;
}

/** The table whose name every row of a condition must have, where `table_name = …` is one of what AND joins. */
function askedTable(cursor: Cursor, scope: Scope): string | undefined {
  const start = cursor.at;
  let asked: string | undefined;
  let isPart = true;
  while (!endsWhere(cursor)) {
    // What an OR may let in is not told by one side of it.
    if (JOINS_OTHERWISE.has(cursor.word)) {
      asked = undefined;
      break;
    }
    if (isPart) asked ??= tableNamed(cursor, scope);
    isPart = cursor.word === "AND";
    if (cursor.word === "(") cursor.parenthesised();
    else cursor.next();
  }
  cursor.at = start;
  return asked;
}

const endsWhere = (cursor: Cursor): boolean => cursor.isDone || (cursor.word !== "" && WHERE_ENDS.has(cursor.word));

/** The value of `table_name = value` here; the cursor stays before it. */
function tableNamed(cursor: Cursor, scope: Scope): string | undefined {
  const start = cursor.at;
  try {
    const { name } = cursor.qualifiedName();
    if (name.toLowerCase() !== "table_name" || !cursor.accept("=")) return undefined;
    const value = evaluateOperand(cursor, scope);
    const isWhole = cursor.word === "AND" || endsWhere(cursor);
    return isWhole && typeof value === "string" ? value : undefined;
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof ReadError) return undefined;
    throw error;
  } finally {
    cursor.at = start;
  }
}

function matching(cursor: Cursor, scope: Scope, all: readonly CatalogRow[]): readonly CatalogRow[] {
  const start = cursor.at;
  const rows = all.filter((row) => {
    cursor.at = start;
    return isTrue(evaluate(cursor, { ...scope, row }));
  });
  if (all.length === 0) cursor.skipUntil((word) => word === "INTO" || word === "LIMIT" || word === ";");
  if (!WHERE_ENDS.has(cursor.word)) throw new UnknownValue();
  return rows;
}

function valueOf(cursor: Cursor, scope: Scope, item: number, rows: readonly CatalogRow[]): Value {
  cursor.at = item;
  if (cursor.is("*")) return rows.length > 0 ? 1 : null;
  if (cursor.accept("COUNT", "(")) {
    cursor.skipUntil((word) => word === ")");
    cursor.expect(")");
    // `COUNT(*) > 0` as the item itself.
    for (const [words, holds] of COMPARISONS) {
      if (!cursor.accept(...words)) continue;
      const order = compare(rows.length, evaluateOperand(cursor, scope));
      return order === null ? null : Number(holds(order));
    }
    return rows.length;
  }
  const [row] = rows;
  return row ? evaluate(cursor, { ...scope, row }) : null;
}

/** Text is compared as the catalog's collation does, ignoring case. */
function compare(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (typeof left === "number" || typeof right === "number") return Math.sign(Number(left) - Number(right));
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isLike(value: Value, pattern: Value): boolean {
  if (value === null || pattern === null) return false;
  const wanted = String(pattern);
  // Patterns with more than an end are not followed.
  const body = wanted.replace(/^%|%$/g, "");
  if (/[%\\]/.test(body)) throw new UnknownValue();
  const text = String(value).toLowerCase();
  const part = body.toLowerCase();
  if (wanted.startsWith("%") && wanted.endsWith("%")) return text.includes(part);
  if (wanted.startsWith("%")) return text.endsWith(part);
  return wanted.endsWith("%") ? text.startsWith(part) : text === part;
}

export const isTrue = (value: Value): boolean => value !== null && Number(value) !== 0 && !Number.isNaN(Number(value));

const COMPARISONS: readonly (readonly [readonly string[], (order: number) => boolean])[] = [
  [["<", "=", ">"], (order) => order === 0],
  [["<", ">"], (order) => order !== 0],
  [["!", "="], (order) => order !== 0],
  [[">", "="], (order) => order >= 0],
  [["<", "="], (order) => order <= 0],
  [["="], (order) => order === 0],
  [[">"], (order) => order > 0],
  [["<"], (order) => order < 0],
];
const DEEPEST = 200;
const CLAUSES: ReadonlySet<string> = new Set(["WHERE", "LIMIT", "INTO", "ORDER", "GROUP", "JOIN", "INNER", "LEFT"]);
const WHERE_ENDS: ReadonlySet<string> = new Set(["", ")", ";", "LIMIT", "INTO", "ORDER"]);
/** What else a condition may be made of: then no part of it must hold by itself. */
const JOINS_OTHERWISE: ReadonlySet<string> = new Set(["OR", "XOR", "|", "BETWEEN"]);
