import type { QueryTree, SetOperation } from "#schemas/languages/sql/query-tree.ts";
import { walkQuery } from "#schemas/languages/sql/walk-query.ts";
import type { Rule } from "../rule.ts";

export const unionVsUnionAll: Rule = {
  id: "union-vs-union-all",
  scope: "query",
  title: "UNION that looks for duplicates",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    return setsOf(query.tree).flatMap((value) => {
      if (value.operator !== "union" || value.all || value.isDistinctSaid) return [];
      return [
        {
          message: "UNION sorts or hashes all rows to find equal ones",
          help: "UNION ALL where none can be equal; UNION DISTINCT says that it is meant",
          objects: [],
          at: value.right.at,
        },
      ];
    });
  },
};

/** Set operations, without those of recursive queries, which end when nothing new is found. */
function setsOf(tree: QueryTree): readonly SetOperation[] {
  const recursive = new Set<QueryTree>();
  const found: SetOperation[] = [];
  walkQuery(tree, {
    query(query) {
      if (query.kind === "other query") return;
      for (const table of query.with) if (table.recursive) recursive.add(table.query);
      if (query.kind === "select" && query.body.kind === "set" && !recursive.has(query)) found.push(query.body);
    },
  });
  return found;
}
