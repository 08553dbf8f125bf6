import type { A_Expr, CaseExpr, FuncCall, GroupingSet, WindowDef } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { printForPeople } from "./print-sql.ts";

/** A condition as a sentence goes on after "Keeps rows where"; what has no words of its own stands as SQL. */
export function conditionWords(node: Node): string {
  if ("NullTest" in node) {
    const { arg, nulltesttype } = node.NullTest;
    return `${arg ? printForPeople(arg) : ""} ${nulltesttype === "IS_NULL" ? "has no value" : "has a value"}`;
  }
  if ("SubLink" in node) return subLinkWords(node, false);
  if ("BoolExpr" in node && node.BoolExpr.boolop === "NOT_EXPR") {
    const [inner] = node.BoolExpr.args ?? [];
    if (inner && "SubLink" in inner) return subLinkWords(inner, true);
    if (inner) return `this does not hold: ${conditionWords(inner)}`;
  }
  if ("BoolExpr" in node && node.BoolExpr.boolop === "OR_EXPR")
    return `one of these holds: ${(node.BoolExpr.args ?? []).map(conditionWords).join("; or ")}`;
  if ("BoolExpr" in node && node.BoolExpr.boolop === "AND_EXPR")
    return (node.BoolExpr.args ?? []).map(conditionWords).join(" and ");
  if ("A_Expr" in node) return comparisonWords(node.A_Expr) ?? printForPeople(node);
  return printForPeople(node);
}

function subLinkWords(node: Extract<Node, { SubLink: unknown }>, isNot: boolean): string {
  const { subLinkType, testexpr, operName } = node.SubLink;
  if (subLinkType === "EXISTS_SUBLINK") return `the subquery below gives ${isNot ? "no row" : "a row"}`;
  if (subLinkType === "ANY_SUBLINK" && testexpr && !operName)
    return `${printForPeople(testexpr)} is ${isNot ? "none" : "one"} of the values of the subquery below`;
  return isNot ? `this does not hold: ${printForPeople(node)}` : printForPeople(node);
}

/** Null when SQL says it as well. */
function comparisonWords({ kind, lexpr, rexpr, name }: A_Expr): string | null {
  if (!lexpr || !rexpr) return null;
  const left = printForPeople(lexpr);
  const items = "List" in rexpr ? (rexpr.List.items ?? []).map(printForPeople) : [];
  const [from = "", to = ""] = items;
  const [operator] = (name ?? []).flatMap((part) => ("String" in part ? [part.String.sval] : []));
  switch (kind) {
    case "AEXPR_IN":
      return `${left} is ${operator === "<>" ? "none" : "one"} of ${items.join(", ")}`;
    case "AEXPR_BETWEEN":
      return `${left} is from ${from} to ${to}`;
    case "AEXPR_NOT_BETWEEN":
      return `${left} is not from ${from} to ${to}`;
    case "AEXPR_DISTINCT":
      return `${left} is different from ${printForPeople(rexpr)}, where a missing value is a value too`;
    case "AEXPR_NOT_DISTINCT":
      return `${left} is the same as ${printForPeople(rexpr)}, where a missing value is a value too`;
    case "AEXPR_LIKE":
    case "AEXPR_ILIKE":
      return likeWords(rexpr, `${left} ${operator?.startsWith("!") ? "NOT " : ""}${kind.replace("AEXPR_", "")}`);
    default:
      return null;
  }
}

/** `LIKE … ESCAPE …`, which the tree holds as a call; null without ESCAPE. */
function likeWords(pattern: Node, head: string): string | null {
  if (!("FuncCall" in pattern)) return null;
  const name = pattern.FuncCall.funcname?.at(-1);
  const [text, escape] = pattern.FuncCall.args ?? [];
  if (!text || !escape || !name || !("String" in name) || name.String.sval !== "like_escape") return null;
  return `${head} ${printForPeople(text)} ESCAPE ${printForPeople(escape)}`;
}

/** What a `CASE` gives: `'big' where total > 100, else 'small'`. */
export function caseWords({ arg, args, defresult }: CaseExpr): string {
  const subject = arg ? `${printForPeople(arg)} is ` : "";
  const whens = (args ?? []).flatMap((when) => {
    if (!("CaseWhen" in when)) return [];
    const { expr, result } = when.CaseWhen;
    const say = arg ? printForPeople : conditionWords;
    const condition = expr ? say(expr) : "";
    return [`${result ? printForPeople(result) : ""} where ${subject}${condition}`];
  });
  return `${whens.join("; else ")}; else ${defresult ? printForPeople(defresult) : "no value"}`;
}

const FIGURES: Readonly<Record<string, string>> = {
  array_agg: "a list of",
  avg: "the average of",
  bool_and: "whether every row has",
  bool_or: "whether some row has",
  count: "how many rows have a value of",
  every: "whether every row has",
  json_agg: "a JSON list of",
  jsonb_agg: "a JSON list of",
  max: "the highest",
  min: "the lowest",
  mode: "the most frequent",
  percentile_cont: "the percentile (between values) of",
  percentile_disc: "the percentile (an existing value) of",
  stddev: "the standard deviation of",
  string_agg: "the joined texts of",
  sum: "the sum of",
  variance: "the variance of",
};

/** What an aggregate gives; null when the function is none that is known. */
export function aggregateWords(call: FuncCall): string | null {
  const name = (call.funcname ?? []).flatMap((part) => ("String" in part ? [part.String.sval ?? ""] : [])).at(-1) ?? "";
  const words = FIGURES[name];
  if (words === undefined || call.over) return null;
  const isInGroup = call.agg_within_group === true;
  const values = isInGroup ? (call.agg_order ?? []).map(keyOf) : (call.args ?? []).map(printForPeople);
  const subject = values[0] ?? "";
  const distinct = name === "count" ? "how many different values there are of" : `${words} the different`;
  const parts = [
    call.agg_star === true ? "the number of rows" : `${call.agg_distinct === true ? distinct : words} ${subject}`,
    ...(isInGroup && call.args?.[0] ? [`at ${printForPeople(call.args[0])}`] : []),
    ...(name === "string_agg" && call.args?.[1] ? [`with ${printForPeople(call.args[1])} between`] : []),
    ...(call.agg_order && !isInGroup ? [`in the order of ${call.agg_order.map(keyOf).join(", ")}`] : []),
    ...(call.agg_filter ? [`of the rows where ${conditionWords(call.agg_filter)} only`] : []),
  ];
  return parts.join(", ");
}

function keyOf(node: Node): string {
  if (!("SortBy" in node) || !node.SortBy.node) return printForPeople(node);
  return `${printForPeople(node.SortBy.node)}${node.SortBy.sortby_dir === "SORTBY_DESC" ? " from high to low" : ""}`;
}

/** Aggregates and `CASE`s of expressions that are no subqueries, each once, outermost first. */
export function workedOut(nodes: readonly Node[]): string[] {
  const found: string[] = [];
  const say = (text: string): void => void (found.includes(text) || found.push(text));
  for (const node of nodes) {
    walk(node, {
      SubLink: () => false,
      FuncCall: (call) => {
        const words = aggregateWords(call);
        if (words !== null) say(`Works out ${printForPeople({ FuncCall: call })}: ${words}.`);
      },
      CaseExpr: (expr) => say(`Works out a value by case: ${caseWords(expr)}.`),
    });
  }
  return found;
}

/** `GROUPING SETS`, `ROLLUP` and `CUBE` after "Makes one group for each". */
export function groupingWords(set: GroupingSet): string {
  const lists = (set.content ?? []).map(columnsOf);
  switch (set.kind) {
    case "GROUPING_SET_ROLLUP":
      return `${lists.join(", ")}, with totals from right to left and one over all rows (ROLLUP)`;
    case "GROUPING_SET_CUBE":
      return `${lists.join(", ")}, with totals of every combination and one over all rows (CUBE)`;
    case "GROUPING_SET_SETS":
      return `${lists.join("; for each ")} (GROUPING SETS)`;
    default:
      return "set of all rows";
  }
}

function columnsOf(node: Node): string {
  if ("GroupingSet" in node) return groupingWords(node.GroupingSet);
  if ("RowExpr" in node) return `combination of ${(node.RowExpr.args ?? []).map(printForPeople).join(" and ")}`;
  return printForPeople(node);
}

// Bits of a window's frame, from PostgreSQL's parsenodes.h.
const FRAME = {
  given: 0x1,
  range: 0x2,
  rows: 0x4,
  groups: 0x8,
  startUnbounded: 0x20,
  endUnbounded: 0x100,
  startCurrent: 0x200,
  endCurrent: 0x400,
  startPreceding: 0x800,
  endPreceding: 0x1000,
  startFollowing: 0x2000,
  endFollowing: 0x4000,
  excludeCurrent: 0x8000,
  excludeGroup: 0x1_0000,
  excludeTies: 0x2_0000,
} as const;

/** Which rows around each row a window takes; null for the default. */
export function frameWords({ frameOptions = 0, startOffset, endOffset }: WindowDef): string | null {
  const has = (bit: number): boolean => (frameOptions & bit) !== 0;
  if (!has(FRAME.given)) return null;
  const other = has(FRAME.groups) ? "group of equal rows" : "value";
  const unit = has(FRAME.rows) ? "row" : other;
  const offset = (node: Node | undefined, where: string): string => {
    const count = node ? printForPeople(node) : "";
    return `${count} ${unit}${count === "1" ? "" : "s"} ${where}`;
  };
  const edge = (
    bits: readonly [unbounded: boolean, current: boolean, preceding: boolean],
    [node, unbounded]: readonly [Node | undefined, string],
  ): string => {
    if (bits[0]) return unbounded;
    if (bits[1]) return `this ${unit}`;
    return offset(node, bits[2] ? "before" : "after");
  };
  const from = edge(
    [has(FRAME.startUnbounded), has(FRAME.startCurrent), has(FRAME.startPreceding)],
    [startOffset, `the first ${unit}`],
  );
  const to = edge(
    [has(FRAME.endUnbounded), has(FRAME.endCurrent), has(FRAME.endPreceding)],
    [endOffset, `the last ${unit}`],
  );
  const excluded: readonly (readonly [number, string])[] = [
    [FRAME.excludeCurrent, ", without this row"],
    [FRAME.excludeGroup, ", without this row and those equal to it"],
    [FRAME.excludeTies, ", without the others that are equal to this row"],
  ];
  return `from ${from} to ${to}${excluded.find(([bit]) => has(bit))?.[1] ?? ""}`;
}
