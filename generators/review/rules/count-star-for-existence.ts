import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { blocksOf, expressionsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const countStarForExistence: Rule = {
  id: "count-star-for-existence",
  scope: "query",
  title: "Rows counted to know whether there is one",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    const inQueries = expressionsOf(tree).flatMap((value) => (isTest(value, counted) ? [value] : []));
    const alone = blocksOf(tree).flatMap(({ block }) =>
      block.groupBy.length > 0 || block.having || block.from.length === 0
        ? []
        : block.items.flatMap(({ value }) => (isTest(value, isCount) ? [value] : [])),
    );
    return [...inQueries, ...alone].map((value) => ({
      message: "Every row is counted to know whether there is one",
      help: "EXISTS (SELECT 1 FROM …) stops at the first row",
      objects: resolved.relations.map(({ id }) => id),
      at: value.at,
    }));
  },
};

const isCount = (value: Expression): boolean =>
  value.kind === "call" &&
  (value.name === "count" || value.name === "count_big") &&
  !value.window &&
  !value.distinct &&
  (value.star || value.args[0]?.kind === "literal");

/** `(SELECT count(*) FROM …)`. */
function counted(value: Expression): boolean {
  if (value.kind !== "subquery" || value.test !== "scalar" || value.query.body.kind !== "block") return false;
  const { items, groupBy, having } = value.query.body;
  const [only] = items;
  return items.length === 1 && groupBy.length === 0 && !having && only !== undefined && isCount(only.value);
}

/** Comparisons with 0 and 1 that are true of one row as of many. */
const TESTS: ReadonlySet<string> = new Set(["> 0", ">= 1", "= 0", "< 1", "<> 0"]);
const TURNED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>" };

function isTest(value: Expression, isCounted: (side: Expression) => boolean): boolean {
  if (value.kind !== "operation" || value.operands.length !== 2) return false;
  const [left, right] = value.operands;
  if (!left || !right) return false;
  if (right.kind === "literal" && isCounted(left)) return TESTS.has(`${value.operator} ${right.text}`);
  return left.kind === "literal" && isCounted(right) && TESTS.has(`${TURNED[value.operator] ?? ""} ${left.text}`);
}
