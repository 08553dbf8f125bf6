import { byteLength } from "../../../dialects/mssql/types.ts";
import type { DataType } from "../../../model.ts";
import { schemaNumber, typeCode, type Row, type Value } from "./catalog-rows.ts";
import { columnOf, sameName, schemaOf, type Draft } from "./draft.ts";
import type { Expression, Query } from "./expression.ts";
import { parseName } from "./parse-name.ts";

export interface Queries {
  /** Whether a query over the catalog has a row; null when that is not decided. */
  exists(query: Query, scope: Scope): boolean | null;
  /** The first item of its first row; null when there is no row. */
  firstValue(query: Query, scope: Scope): Value;
}

/** What an expression is worked out against. */
export interface Scope {
  readonly draft: Draft;
  readonly variables: ReadonlyMap<string, Value>;
  readonly rows: readonly { readonly alias: string; readonly row: Row }[];
  /** Rows that may still be looked at; shared by everything one statement asks. */
  readonly budget: { left: number };
  /** How queries inside of expressions are answered. */
  readonly queries: Queries;
}

/** True, false, or null when it depends on rows or on something no rule here knows. */
export function holds(expression: Expression, scope: Scope): boolean | null {
  switch (expression.kind) {
    case "not": {
      const value = holds(expression.value, scope);
      return value === null ? null : !value;
    }
    case "and":
    case "or":
      return combine(expression, scope);
    case "exists":
      return scope.queries.exists(expression.query, scope);
    case "isNull": {
      const value = presence(expression.value, scope);
      return value === undefined ? null : (value === null) !== expression.negated;
    }
    case "compare":
      return compare(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case "in": {
      const value = evaluate(expression.value, scope);
      const results = expression.list.map((item) => compare("=", value, evaluate(item, scope)));
      if (results.includes(true)) return !expression.negated;
      return results.includes(null) || results.length === 0 ? null : expression.negated;
    }
    case "like": {
      const found = like(evaluate(expression.value, scope), evaluate(expression.pattern, scope));
      return found === null ? null : found !== expression.negated;
    }
    default:
      return null;
  }
}

/** A value where only its being NULL counts: a column is there even when its length is not known. */
function presence(expression: Expression, scope: Scope): Value {
  const value = evaluate(expression, scope);
  if (value !== undefined || expression.kind !== "call" || expression.name.toUpperCase() !== "COL_LENGTH") return value;
  const [table, column] = expression.arguments.map((argument) => evaluate(argument, scope));
  return typeof table === "string" && typeof column === "string" ? 1 : undefined;
}

/** Long chains of AND and OR lean to the left: they are walked, not recursed into. */
function combine(expression: Extract<Expression, { kind: "and" | "or" }>, scope: Scope): boolean | null {
  const decisive = expression.kind === "or";
  let isKnown = true;
  for (const part of flatten(expression, expression.kind)) {
    const value = holds(part, scope);
    if (value === decisive) return decisive;
    if (value === null) isKnown = false;
  }
  return isKnown ? !decisive : null;
}

/** The parts of a chain of AND or OR. */
export function flatten(expression: Expression, kind: "and" | "or"): Expression[] {
  const parts: Expression[] = [];
  let rest = expression;
  while (rest.kind === kind) {
    parts.push(rest.right);
    rest = rest.left;
  }
  return [...parts, rest].toReversed();
}

function compare(operator: string, left: Value, right: Value): boolean | null {
  if (left === undefined || right === undefined) return null;
  // In a condition NULL compares to nothing: the branch does not run.
  if (left === null || right === null) return false;
  const a = typeof left === "string" ? left.trimEnd().toLowerCase() : left;
  const b = typeof right === "string" ? right.trimEnd().toLowerCase() : right;
  const isEqual = typeof a === typeof b ? a === b : String(a) === String(b);
  switch (operator) {
    case "=":
      return isEqual;
    case "<>":
    case "!=":
      return !isEqual;
    default: {
      const [x, y] = [Number(a), Number(b)];
      if (Number.isNaN(x) || Number.isNaN(y)) return null;
      if (operator === "<") return x < y;
      if (operator === ">") return x > y;
      return operator === "<=" || operator === "!>" ? x <= y : x >= y;
    }
  }
}

/** Patterns of `%` only; `_` and sets are not decided. */
function like(value: Value, pattern: Value): boolean | null {
  if (typeof value !== "string" || typeof pattern !== "string" || /[[\]_]/.test(pattern)) return null;
  const text = value.toLowerCase();
  const parts = pattern.toLowerCase().split("%");
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return text === last;
  const first = parts[0] ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** The value of an expression; undefined when it is not known. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "variable":
      if (expression.name === "@@error") return 0;
      return scope.variables.get(expression.name);
    case "column":
      return columnValue(expression, scope);
    case "cast":
      return evaluate(expression.value, scope);
    case "call":
      return call(expression, scope);
    case "arithmetic":
      return arithmetic(expression, scope);
    case "subquery":
      return scope.queries.firstValue(expression.query, scope);
    default:
      return undefined;
  }
}

function columnValue({ name, source }: Extract<Expression, { kind: "column" }>, scope: Scope): Value {
  const key = name.toLowerCase();
  for (const { alias, row } of scope.rows) {
    if (source === undefined ? key in row : sameName(alias, source)) return row[key];
  }
  return undefined;
}

/** Chains of `+` lean to the left and may be long: `'ALTER TABLE ' + @table + ' DROP …'`. */
function arithmetic(expression: Extract<Expression, { kind: "arithmetic" }>, scope: Scope): Value {
  const values: Value[] = [];
  let rest: Expression = expression;
  while (rest.kind === "arithmetic") {
    if (rest.operator !== "+" && rest.operator !== "||") return undefined;
    values.push(evaluate(rest.right, scope));
    rest = rest.left;
  }
  values.push(evaluate(rest, scope));
  if (values.includes(undefined)) return undefined;
  if (values.includes(null)) return null;
  if (values.every((value) => typeof value === "number")) return values.reduce((sum, value) => sum + value, 0);
  return values.toReversed().join("");
}

type Call = Extract<Expression, { kind: "call" }>;

function call(expression: Call, scope: Scope): Value {
  const { draft } = scope;
  const args = expression.arguments.map((argument) => evaluate(argument, scope));
  const [first, second, third] = args;
  const text = typeof first === "string" ? first : undefined;
  switch (expression.name.toUpperCase()) {
    case "OBJECT_ID":
      return text === undefined ? undefined : objectNumber(draft, text, second);
    case "COL_LENGTH": {
      if (text === undefined || typeof second !== "string") return undefined;
      const type = columnIn(draft, text, second);
      // Null: there is no such column. Undefined: there is, of a length that no rule tells.
      return type === null ? null : (byteLength(type) ?? undefined);
    }
    case "COLUMNPROPERTY": {
      const object = draft.numbered(first);
      if (object?.kind !== "table" || typeof second !== "string") return first === null ? null : undefined;
      const column = columnOf(object, second);
      if (!column) return null;
      return columnProperty(column, String(third).toLowerCase());
    }
    case "INDEXPROPERTY": {
      const object = draft.numbered(first);
      if (object?.kind !== "table" || typeof second !== "string") return first === null ? null : undefined;
      return [...object.indexes, ...object.constraints].some((index) => sameName(index.name, second)) ? 1 : null;
    }
    case "OBJECTPROPERTY": {
      const object = draft.numbered(first);
      return object ? objectProperty(typeCode(object), String(second).toLowerCase()) : undefined;
    }
    case "SCHEMA_ID":
      return text === undefined ? undefined : (schemaNumber(draft, text) ?? null);
    case "SCHEMA_NAME":
      if (args.length === 0) return draft.defaultSchema;
      return [...draft.schemas.values()].find((schema) => schema.number === first)?.name ?? (text || undefined);
    case "OBJECT_NAME":
      return draft.numbered(first)?.name;
    case "OBJECT_SCHEMA_NAME": {
      const object = draft.numbered(first);
      return object && schemaOf(object);
    }
    case "TYPE_ID": {
      const name = text === undefined ? null : parseName(text);
      return name ? (draft.type(name)?.number ?? null) : undefined;
    }
    case "QUOTENAME":
      return text === undefined ? undefined : `[${text.replaceAll("]", "]]")}]`;
    case "CONCAT":
      return args.includes(undefined) ? undefined : args.map((value) => value ?? "").join("");
    case "ISNULL":
    case "COALESCE":
      for (const value of args) if (value !== null) return value;
      return null;
    case "LOWER":
      return text?.toLowerCase();
    case "UPPER":
      return text?.toUpperCase();
    case "LTRIM":
    case "RTRIM":
    case "TRIM":
      return text?.trim();
    case "CHAR":
    case "NCHAR":
      return typeof first === "number" ? String.fromCharCode(first) : undefined;
    default:
      return undefined;
  }
}

function columnProperty(column: NonNullable<ReturnType<typeof columnOf>>, property: string): Value {
  switch (property) {
    case "columnid":
      return column.number;
    case "allowsnull":
      return column.nullable ? 1 : 0;
    case "isidentity":
      return column.identity ? 1 : 0;
    case "iscomputed":
      return column.generated ? 1 : 0;
    default:
      return undefined;
  }
}

function objectProperty(code: string, property: string): Value {
  const codes: Readonly<Record<string, readonly string[]>> = {
    isusertable: ["U"],
    istable: ["U"],
    isview: ["V"],
    isprocedure: ["P"],
    isscalarfunction: ["FN"],
    isinlinefunction: ["IF"],
    istablefunction: ["IF", "TF"],
    istrigger: ["TR"],
    isforeignkey: ["F"],
    isprimarykey: ["PK"],
    isuniquecnst: ["UQ"],
    ischeckcnst: ["C"],
    isdefaultcnst: ["D"],
    isconstraint: ["PK", "UQ", "F", "C", "D"],
  };
  const known = codes[property];
  return known ? Number(known.includes(code)) : undefined;
}

/** Temporary tables and other databases are not followed: whether they exist is not known. */
function objectNumber(draft: Draft, text: string, type: Value): Value {
  const name = parseName(text);
  if (!name || name.name.startsWith("#") || name.database !== undefined) return undefined;
  const object = draft.find(name);
  if (!object) return null;
  if (typeof type === "string" && type.trim() !== "" && !sameType(typeCode(object), type.trim())) return null;
  return object.number;
}

const sameType = (code: string, type: string): boolean =>
  code === type.toUpperCase() || (type.toUpperCase() === "PC" && code === "P");

function columnIn(draft: Draft, table: string, column: string): DataType | null {
  const name = parseName(table);
  const object = name ? draft.find(name) : undefined;
  if (object?.kind === "table") return columnOf(object, column)?.type ?? null;
  const found = object?.kind === "view" ? object.columns?.find((one) => sameName(one.name, column)) : undefined;
  return found ? (found.type ?? { raw: "", family: "other" }) : null;
}
