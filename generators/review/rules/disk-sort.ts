import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const diskSort: Rule = {
  id: "disk-sort",
  scope: "query",
  needs: "run",
  title: "Sort that spills to disk",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    return planNodes(query.run.root).flatMap(({ facts, sortKey = [] }) => {
      if (facts["Sort Space Type"] !== "Disk") return [];
      return [
        {
          message: `The sort by ${sortKey.join(", ")} wrote ${String(facts["Sort Space Used"])} kB to disk`,
          help: "Fewer columns, an index in that order, or more work_mem for this query",
          objects: query.resolved.relations.map(({ id }) => id),
        },
      ];
    });
  },
};
