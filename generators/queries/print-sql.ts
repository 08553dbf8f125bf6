import { deparseSync } from "pgsql-deparser";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";

/** A piece of a syntax tree as SQL, over several lines where it is long. */
export function printSql(node: Node): string {
  return deparseSync(node);
}

/** The same on one line. Strings keep their line breaks as they are spaces elsewhere only. */
export function printInline(node: Node): string {
  return printSql(node)
    .split(/('(?:[^']|'')*')/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/\s+/g, " ").replaceAll("( ", "(").replaceAll(" )", ")")))
    .join("")
    .trim();
}

/**
 * The same to be read and not to be run: JSON expressions that the printer does not know stand as plain calls, without
 * their options.
 */
export function printForPeople(node: Node): string {
  // The printer quotes their names, which are keywords.
  return printInline(plainCalls(node)).replaceAll(/"(json(?:_[a-z]+)?)"\(/g, "$1(");
}

const JSON_CALLS: Readonly<Record<string, string>> = {
  JSON_EXISTS_OP: "json_exists",
  JSON_QUERY_OP: "json_query",
  JSON_VALUE_OP: "json_value",
};

function plainCalls<T>(value: T): T;
function plainCalls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plainCalls<unknown>(item));
  if (typeof value !== "object" || value === null) return value;
  const [[tag, inner] = ["", undefined]] = Object.entries(value);
  const call = callOf(tag, inner);
  if (call !== null) return { FuncCall: plainCalls(call) };
  if (tag === "JsonTable") return { RangeFunction: plainCalls(rowsOf(inner)) };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainCalls<unknown>(part)]));
}

/** `JSON_TABLE` without its columns. */
function rowsOf(inner: unknown): object {
  const table = new Map(typeof inner === "object" && inner !== null ? Object.entries(inner) : []);
  const call = { funcname: [{ String: { sval: "json_table" } }], args: [table.get("context_item")?.raw_expr] };
  return { functions: [{ List: { items: [{ FuncCall: call }, {}] } }], alias: table.get("alias") };
}

/** A node that the printer does not know as a call; null for every other. */
function callOf(tag: string, inner: unknown): object | null {
  const parts = new Map(typeof inner === "object" && inner !== null ? Object.entries(inner) : []);
  const value = (name: string): unknown => {
    const part: unknown = parts.get(name);
    return typeof part === "object" && part !== null && "raw_expr" in part ? part.raw_expr : part;
  };
  const called = (name: string, ...args: readonly unknown[]): object => ({
    funcname: [{ String: { sval: name } }],
    args: args.filter((one) => one !== undefined),
  });
  switch (tag) {
    case "JsonFuncExpr":
      return called(JSON_CALLS[String(parts.get("op"))] ?? "json_query", value("context_item"), value("pathspec"));
    case "JsonScalarExpr":
      return called("json_scalar", value("expr"));
    case "JsonParseExpr":
      return called("json", value("expr"));
    case "JsonSerializeExpr":
      return called("json_serialize", value("expr"));
    default:
      return null;
  }
}
