import type { A_Const, A_Expr, FuncCall, SelectStmt, SubLink, TypeName } from "libpg-query";
import type { Expression, Literal, SelectQuery } from "../query-tree.ts";
import { isNodeTag, type Node } from "./ast.ts";

export interface ReadExpression {
  readonly expression: (node: Node) => Expression;
  readonly expressions: (nodes: readonly Node[] | undefined) => readonly Expression[];
  /** The expressions in what has no form of its own. */
  readonly partsOf: (body: unknown) => readonly Expression[];
}

/** Reads expressions. `at` turns the parser's places into offsets, `select` reads the queries inside. */
export function expressionReader(
  at: (location: number | undefined) => number,
  select: (stmt: SelectStmt) => SelectQuery,
): ReadExpression {
  function expression(node: Node): Expression {
    if ("ColumnRef" in node) return columnRef(node.ColumnRef.fields ?? [], at(node.ColumnRef.location));
    if ("A_Const" in node) return literal(node.A_Const);
    if ("ParamRef" in node) {
      const { number = 0, location } = node.ParamRef;
      return { kind: "parameter", at: at(location), name: String(number) };
    }
    if ("TypeCast" in node && node.TypeCast.arg) {
      const { arg, typeName, location } = node.TypeCast;
      return { kind: "cast", at: at(location), of: expression(arg), to: typeText(typeName) };
    }
    if ("FuncCall" in node) return call(node.FuncCall);
    if ("A_Expr" in node) return operation(node.A_Expr);
    if ("BoolExpr" in node) {
      const { boolop, args, location } = node.BoolExpr;
      const terms = expressions(args);
      const [only] = terms;
      // NOT … IN is one test in the text and two nodes in the tree.
      if (boolop === "NOT_EXPR" && only?.kind === "subquery" && only.test === "in") return { ...only, test: "not in" };
      const kinds = { AND_EXPR: "and", OR_EXPR: "or", NOT_EXPR: "not" } as const;
      return { kind: kinds[boolop ?? "AND_EXPR"], at: at(location), terms };
    }
    if ("NullTest" in node && node.NullTest.arg) {
      const { arg, nulltesttype, location } = node.NullTest;
      return { kind: "null test", at: at(location), of: expression(arg), negated: nulltesttype === "IS_NOT_NULL" };
    }
    if ("SubLink" in node) return sublink(node.SubLink);
    const [[tag, body] = ["other", node]] = Object.entries(node);
    const parts = partsOf(body);
    const place = isPlaced(body) ? at(body.location) : (parts[0]?.at ?? 0);
    return { kind: "other", at: place, what: OTHER[tag] ?? tag.toLowerCase(), parts };
  }

  function columnRef(fields: readonly Node[], place: number): Expression {
    const isStar = fields.some((field) => "A_Star" in field);
    const names = strings(fields);
    if (isStar) return { kind: "star", at: place, qualifier: names };
    return { kind: "column", at: place, qualifier: names.slice(0, -1), name: names.at(-1) ?? "" };
  }

  function literal({ isnull, boolval, ival, fval, sval, bsval, location }: A_Const): Literal {
    const base = { kind: "literal", at: at(location) } as const;
    if (isnull) return { ...base, type: "null", text: "null" };
    if (boolval) return { ...base, type: "boolean", text: String(boolval.boolval === true) };
    if (ival) return { ...base, type: "number", text: String(ival.ival ?? 0) };
    if (fval) return { ...base, type: "number", text: fval.fval ?? "" };
    if (bsval) return { ...base, type: "other", text: bsval.bsval ?? "" };
    return { ...base, type: "text", text: sval?.sval ?? "" };
  }

  function call({
    funcname,
    args,
    agg_filter,
    agg_order,
    agg_star,
    agg_distinct,
    over,
    location,
  }: FuncCall): Expression {
    const names = strings(funcname);
    const schema = names.length > 1 ? names.at(-2) : undefined;
    return {
      kind: "call",
      at: at(location),
      ...(schema === undefined || schema === "pg_catalog" ? {} : { schema }),
      name: (names.at(-1) ?? "").toLowerCase(),
      args: [...expressions(args), ...partsOf(agg_order), ...partsOf(agg_filter), ...partsOf(over)],
      star: agg_star === true,
      distinct: agg_distinct === true,
      window: over !== undefined,
    };
  }

  function operation({ kind, name, lexpr, rexpr, location }: A_Expr): Expression {
    const place = at(location);
    const written = strings(name).at(-1) ?? "";
    if (kind === "AEXPR_IN" && lexpr) {
      const list = rexpr && "List" in rexpr ? expressions(rexpr.List.items) : [];
      return { kind: "in", at: place, of: expression(lexpr), negated: written === "<>", list };
    }
    const left = lexpr ? [expression(lexpr)] : [];
    const right = rexpr && "List" in rexpr ? expressions(rexpr.List.items) : expressions(rexpr ? [rexpr] : []);
    if (kind === "AEXPR_NULLIF") return { kind: "other", at: place, what: "nullif", parts: [...left, ...right] };
    const over = OVER[kind ?? "AEXPR_OP"];
    return {
      kind: "operation",
      at: place,
      operator: operatorOf(kind, written),
      operands: [...left, ...right],
      ...(over ? { over } : {}),
    };
  }

  function sublink({ subLinkType, testexpr, operName, subselect, location }: SubLink): Expression {
    const place = at(location);
    if (!subselect || !("SelectStmt" in subselect)) {
      return { kind: "other", at: place, what: "subquery", parts: testexpr ? [expression(testexpr)] : [] };
    }
    const operator = strings(operName).at(-1);
    const isIn = subLinkType === "ANY_SUBLINK" && operator === undefined;
    return {
      kind: "subquery",
      at: place,
      test: isIn ? "in" : (TESTS[subLinkType ?? "EXPR_SUBLINK"] ?? "scalar"),
      ...(operator === undefined ? {} : { operator }),
      ...(testexpr ? { of: expression(testexpr) } : {}),
      query: select(subselect.SelectStmt),
    };
  }

  function partsOf(body: unknown): readonly Expression[] {
    if (Array.isArray(body)) return body.flatMap(partsOf);
    if (typeof body !== "object" || body === null) return [];
    const entries = Object.entries(body);
    const [first] = entries;
    if (first && entries.length === 1 && isNodeTag(first[0])) return fromNode(first[0], body);
    return entries.flatMap(([, value]) => partsOf(value));
  }

  function fromNode(tag: string, node: object): readonly Expression[] {
    if ("SelectStmt" in node) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The name of a node decides its type.
      const query = select((node as { readonly SelectStmt: SelectStmt }).SelectStmt);
      return [{ kind: "subquery", at: query.at, test: "scalar", query }];
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The name of a node decides its type.
    if (EXPRESSIONS.has(tag)) return [expression(node as Node)];
    return Object.values(node).flatMap(partsOf);
  }

  const expressions = (nodes: readonly Node[] | undefined): readonly Expression[] => (nodes ?? []).map(expression);
  return { expression, expressions, partsOf };
}

/** The texts of a list of names. */
export const strings = (nodes: readonly Node[] | undefined): readonly string[] =>
  (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));

/** Nodes that are expressions wherever they stand. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  "A_ArrayExpr",
  "A_Const",
  "A_Expr",
  "A_Indirection",
  "BoolExpr",
  "BooleanTest",
  "CaseExpr",
  "CoalesceExpr",
  "CollateClause",
  "ColumnRef",
  "FuncCall",
  "MinMaxExpr",
  "NullTest",
  "ParamRef",
  "RowExpr",
  "SQLValueFunction",
  "SubLink",
  "TypeCast",
]);

const OTHER: Readonly<Record<string, string>> = {
  A_ArrayExpr: "array",
  A_Indirection: "field",
  BooleanTest: "boolean test",
  CaseExpr: "case",
  CoalesceExpr: "coalesce",
  CollateClause: "collate",
  MinMaxExpr: "greatest or least",
  RowExpr: "row",
  SQLValueFunction: "value",
};

const OVER: Readonly<Record<string, "any" | "all">> = { AEXPR_OP_ANY: "any", AEXPR_OP_ALL: "all" };

const TESTS: Readonly<Record<string, "scalar" | "exists" | "any" | "all" | "array">> = {
  EXISTS_SUBLINK: "exists",
  ANY_SUBLINK: "any",
  ALL_SUBLINK: "all",
  ARRAY_SUBLINK: "array",
};

const WRITTEN: Readonly<Record<string, string>> = {
  "~~": "like",
  "!~~": "not like",
  "~~*": "ilike",
  "!~~*": "not ilike",
};

function operatorOf(kind: A_Expr["kind"], written: string): string {
  if (kind === "AEXPR_DISTINCT") return "is distinct from";
  if (kind === "AEXPR_NOT_DISTINCT") return "is not distinct from";
  if (kind === "AEXPR_SIMILAR") return written === "~" ? "similar to" : "not similar to";
  return (WRITTEN[written] ?? written).toLowerCase();
}

/** A type as the tree has it: names of the grammar's own types are in `pg_catalog`. */
function typeText(type: TypeName | undefined): string {
  const names = strings(type?.names);
  const name = (names[0] === "pg_catalog" ? names.slice(1) : names).join(".");
  const sizes = (type?.typmods ?? []).flatMap((node) =>
    "A_Const" in node && node.A_Const.ival ? [String(node.A_Const.ival.ival ?? 0)] : [],
  );
  const brackets = "[]".repeat(type?.arrayBounds?.length ?? 0);
  return `${name}${sizes.length > 0 ? `(${sizes.join(",")})` : ""}${brackets}`;
}

const isPlaced = (body: unknown): body is { readonly location: number } =>
  typeof body === "object" && body !== null && "location" in body && typeof body.location === "number";
