import type { DataType } from "../../../model.ts";
import { dataType } from "../../../dialects/mssql/types.ts";
import { sameName, type Draft, type ViewColumn } from "./draft.ts";
import type { Expression, Query, SelectItem } from "./expression.ts";
import type { Statement } from "./statement.ts";
import { Reader } from "./reader.ts";
import { readTypeName } from "./read-type.ts";
import { tokensOf } from "./parse-name.ts";

/** Columns a view has by its query; null when a name of one cannot be told. */
export function viewColumns(draft: Draft, view: Extract<Statement, { kind: "view" }>): readonly ViewColumn[] | null {
  const columns = queryColumns(draft, view.query, new Map(), 0);
  if (view.columns.length === 0) return columns;
  const own = columns?.length === view.columns.length ? columns : [];
  return view.columns.map((name, index) => ({ nullable: true, ...own[index], name }));
}

/** Columns of `SELECT … INTO`. */
export function selectColumns(draft: Draft, query: Query): readonly ViewColumn[] | null {
  return queryColumns(draft, query, new Map(), 0);
}

type Known = ReadonlyMap<string, readonly ViewColumn[] | null>;
interface Bound {
  readonly alias: string;
  readonly columns: readonly ViewColumn[] | null;
}

const DEEPEST = 30;

function queryColumns(draft: Draft, query: Query, outer: Known, depth: number): readonly ViewColumn[] | null {
  if (depth > DEEPEST || query.items.length === 0) return null;
  const known = new Map(outer);
  for (const { name, columns, query: inner } of query.with) {
    const found = queryColumns(draft, inner, known, depth + 1);
    known.set(name.toLowerCase(), renamed(found, columns));
  }
  const bound = query.sources.map((source): Bound => {
    const inner = source.query
      ? queryColumns(draft, source.query, known, depth + 1)
      : sourceColumns(draft, source.name, known);
    const columns = renamed(inner, source.columns ?? []);
    const alias = source.alias ?? source.name?.name ?? "";
    return {
      alias,
      columns: source.optional ? (columns?.map((column) => ({ ...column, nullable: true })) ?? null) : columns,
    };
  });
  const columns: ViewColumn[] = [];
  for (const item of query.items) {
    const found = itemColumns(item, bound);
    if (!found) return null;
    columns.push(...found);
  }
  return columns;
}

function renamed(columns: readonly ViewColumn[] | null, names: readonly string[]): readonly ViewColumn[] | null {
  if (names.length === 0) return columns;
  return names.map((name, index) => ({ nullable: true, ...columns?.[index], name }));
}

function sourceColumns(
  draft: Draft,
  name: { readonly schema?: string; readonly name: string } | undefined,
  known: Known,
): readonly ViewColumn[] | null {
  if (!name) return null;
  const cte = name.schema === undefined ? known.get(name.name.toLowerCase()) : undefined;
  if (cte !== undefined) return cte;
  const object = draft.find(name);
  if (object?.kind === "view") return object.columns;
  if (object?.kind !== "table") return null;
  return object.columns.map((column) => ({
    name: column.name,
    ...(column.type.raw === "" ? {} : { type: column.type }),
    ...(column.ownType ? { typeOwner: column.ownType } : {}),
    nullable: column.nullable,
    ...(column.collation === undefined ? {} : { collation: column.collation }),
  }));
}

function itemColumns(item: SelectItem, bound: readonly Bound[]): readonly ViewColumn[] | null {
  if (item.star) {
    const { source } = item.star;
    const found = source === undefined ? bound : bound.filter((one) => sameName(one.alias, source));
    if (found.length === 0 || found.some((one) => !one.columns)) return null;
    return found.flatMap((one) => one.columns ?? []);
  }
  if (item.alias === undefined) return null;
  const typed = typeOf(item.value, bound, 0);
  return [{ nullable: true, ...typed, name: item.alias }];
}

type Typed = Omit<ViewColumn, "name"> | null;

/** The type of an expression where a rule tells it; null else. */
function typeOf(expression: Expression, bound: readonly Bound[], depth: number): Typed {
  if (depth > DEEPEST) return null;
  switch (expression.kind) {
    case "column":
      return columnType(expression.name, expression.source, bound);
    case "cast":
      return typed(expression.type, true);
    case "literal":
      return typed(expression.type, expression.value === null);
    case "case": {
      const first = expression.results
        .map((result) => (isNull(result) ? null : typeOf(result, bound, depth + 1)))
        .find(Boolean);
      return first ? { ...first, nullable: true } : null;
    }
    case "call":
      return callType(expression, bound, depth);
    default:
      return null;
  }
}

const isNull = (expression: Expression): boolean => expression.kind === "literal" && expression.value === null;

function columnType(name: string, source: string | undefined, bound: readonly Bound[]): Typed {
  for (const { alias, columns } of bound) {
    if (source !== undefined && !sameName(alias, source)) continue;
    const column = columns?.find((one) => sameName(one.name, name));
    if (column) return column;
  }
  return null;
}

function callType(expression: Extract<Expression, { kind: "call" }>, bound: readonly Bound[], depth: number): Typed {
  const name = expression.name.toUpperCase();
  const known = FUNCTIONS[name];
  if (expression.schema !== undefined) return null;
  if (known !== undefined) return typed(known, !NEVER_NULL.has(name));
  const [first, second] = expression.arguments;
  if (!first || !FIRST_TYPE.has(name)) return null;
  const own = typeOf(name === "IIF" ? (second ?? first) : first, bound, depth + 1);
  return own && { ...own, nullable: name !== "ISNULL" || second === undefined || isNull(second) };
}

function typed(text: string, nullable: boolean): Typed {
  const reader = new Reader(text, tokensOf(text));
  const type = readTypeName(reader);
  if (!type) return null;
  const found: DataType = dataType(type.name.name, type.arguments);
  return { type: found, nullable };
}

const FIRST_TYPE: ReadonlySet<string> = new Set(["ISNULL", "COALESCE", "MAX", "MIN", "IIF", "NULLIF"]);
const NEVER_NULL: ReadonlySet<string> = new Set([
  "COUNT",
  "COUNT_BIG",
  "GETDATE",
  "GETUTCDATE",
  "SYSUTCDATETIME",
  "SYSDATETIME",
  "NEWID",
]);
const FUNCTIONS: Readonly<Record<string, string>> = {
  COUNT: "int",
  COUNT_BIG: "bigint",
  ROW_NUMBER: "bigint",
  RANK: "bigint",
  DENSE_RANK: "bigint",
  GETDATE: "datetime",
  GETUTCDATE: "datetime",
  SYSDATETIME: "datetime2(7)",
  SYSUTCDATETIME: "datetime2(7)",
  SYSDATETIMEOFFSET: "datetimeoffset(7)",
  NEWID: "uniqueidentifier",
  DATEDIFF: "int",
  DATEPART: "int",
  YEAR: "int",
  MONTH: "int",
  DAY: "int",
  LEN: "int",
  CHARINDEX: "int",
};
