import type { Expression, SelectQuery } from "../query-tree.ts";
import type { Expr, Query } from "./ast.ts";

/** An expression of MySQL or SQL Server as the tree that every dialect's queries become. `select` reads queries in it. */
export function toExpression(value: Expr, select: (query: Query) => SelectQuery): Expression {
  const at = value.start;
  const inner = (part: Expr): Expression => toExpression(part, select);
  switch (value.kind) {
    case "literal":
      // Code that is read for PostgreSQL's sake has `$1` for its parameters.
      if (value.text.startsWith("$")) return { kind: "parameter", at, name: value.text.slice(1) };
      if (value.type === "string") return { kind: "literal", at, type: "text", text: value.text };
      return { kind: "literal", at, type: value.type, text: value.text.toLowerCase() };
    case "variable":
      return { kind: "parameter", at, name: value.name.replaceAll("@", "") };
    case "parameter":
      return { kind: "parameter", at, name: "?" };
    case "column": {
      const name = value.parts.at(-1) ?? "";
      if (value.parts.length === 1 && name.startsWith("$")) return { kind: "parameter", at, name: name.slice(1) };
      return { kind: "column", at, qualifier: value.parts.slice(0, -1), name };
    }
    case "all":
      return { kind: "star", at, qualifier: value.qualifier };
    case "call": {
      const isStar = value.args.length === 1 && value.args[0]?.kind === "all";
      const window = value.over ? [...value.over.partitionBy, ...value.over.orderBy.map((one) => one.value)] : [];
      const schema = value.name.at(-2);
      return {
        kind: "call",
        at,
        ...(schema === undefined ? {} : { schema }),
        name: (value.name.at(-1) ?? "").toLowerCase(),
        args: [...(isStar ? [] : value.args), ...value.orderBy.map((one) => one.value), ...window].map(inner),
        star: isStar,
        distinct: value.distinct === true,
        window: value.over !== undefined,
      };
    }
    case "cast":
      return { kind: "cast", at, of: inner(value.value), to: value.type.toLowerCase() };
    case "query":
      return { kind: "subquery", at, test: "scalar", query: select(value.query) };
    case "word":
      return { kind: "other", at, what: value.word.toLowerCase(), parts: [] };
    case "operator":
      return operator(value, inner, select);
  }
}

const LOGIC: Readonly<Record<string, "and" | "or" | "not">> = {
  AND: "and",
  "&&": "and",
  OR: "or",
  "||": "or",
  NOT: "not",
  "unary !": "not",
};

/** What has operands and is no operator: its name says what it is. */
const FORMS: ReadonlySet<string> = new Set(["CASE", "ROW", "INTERVAL", "NEXT VALUE FOR", ":"]);

function operator(
  { operator: name, operands, start: at }: Extract<Expr, { kind: "operator" }>,
  inner: (part: Expr) => Expression,
  select: (query: Query) => SelectQuery,
): Expression {
  const [left, right] = operands;
  const logic = LOGIC[name];
  if (logic !== undefined) {
    const terms = operands.map(inner);
    // A chain is one list of terms, as it is in PostgreSQL's tree.
    const flat = logic === "not" ? terms : terms.flatMap((term) => (term.kind === logic ? term.terms : [term]));
    return { kind: logic, at, terms: flat };
  }
  if (left && (name === "IS NULL" || name === "IS NOT NULL")) {
    return { kind: "null test", at, of: inner(left), negated: name === "IS NOT NULL" };
  }
  if (name === "EXISTS" && left?.kind === "query") {
    return { kind: "subquery", at, test: "exists", query: select(left.query) };
  }
  if (left && (name === "IN" || name === "NOT IN")) {
    const negated = name === "NOT IN";
    if (right?.kind === "query") {
      return { kind: "subquery", at, test: negated ? "not in" : "in", of: inner(left), query: select(right.query) };
    }
    return { kind: "in", at, of: inner(left), negated, list: operands.slice(1).map(inner) };
  }
  const [sign = "", quantifier] = name.split(" ");
  const isQuantified = quantifier === "ANY" || quantifier === "SOME" || quantifier === "ALL";
  if (isQuantified && left && right?.kind === "query") {
    const test = quantifier === "ALL" ? "all" : "any";
    return { kind: "subquery", at, test, operator: sign, of: inner(left), query: select(right.query) };
  }
  if (FORMS.has(name)) return { kind: "other", at, what: name.toLowerCase(), parts: operands.map(inner) };
  if (name.startsWith("COLLATE ")) return { kind: "other", at, what: "collate", parts: operands.map(inner) };
  const written = name.startsWith("unary ") ? name.slice("unary ".length) : name.toLowerCase();
  return { kind: "operation", at, operator: written === "!=" ? "<>" : written, operands: operands.map(inner) };
}
