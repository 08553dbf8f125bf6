import type { Expression, QueryTree, SelectItem } from "#schemas/languages/sql/query-tree.ts";
import { walkQuery } from "#schemas/languages/sql/walk-query.ts";
import { blocksOf, givesOneRow, isConstant, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const limitWithoutOrder: Rule = {
  id: "limit-without-order",
  scope: "query",
  title: "LIMIT without ORDER BY",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    const inner = innerSelects(tree);
    return blocksOf(tree).flatMap(({ query: whole, block }) => {
      const { limit, orderBy, locking } = whole;
      if (!limit || orderBy.length > 0 || locking?.wait === "skip locked" || inner.has(whole)) return [];
      if (givesOneRow(block, resolved) || isNone(limit) || asksForExistence(block.items, limit)) return [];
      if (!sourcesOf(block.from).some(({ kind }) => kind !== "function")) return [];
      return [
        {
          message: "LIMIT without ORDER BY takes whichever rows are found first",
          help: "ORDER BY a unique key: the rows are then the same each time",
          objects: resolved.relations.map(({ id }) => id),
          at: limit.at,
        },
      ];
    });
  },
};

const isNone = (limit: Expression): boolean => limit.kind === "literal" && limit.text === "0";

/** `SELECT 1 FROM … LIMIT 1` asks whether there is a row. */
const asksForExistence = (items: readonly SelectItem[], limit: Expression): boolean =>
  limit.kind === "literal" && limit.text === "1" && items.every(({ value }) => isConstant(value));

/** Subqueries whose rows nobody sees: those of EXISTS, and those that say which rows a batch takes. */
function innerSelects(tree: QueryTree): ReadonlySet<QueryTree> {
  const found = new Set<QueryTree>();
  walkQuery(tree, {
    expression(value) {
      if (value.kind !== "subquery") return;
      if (value.test === "exists" || (value.test === "in" && tree.kind !== "select")) found.add(value.query);
    },
  });
  if (tree.kind === "update" || tree.kind === "delete") for (const table of tree.with) found.add(table.query);
  return found;
}
