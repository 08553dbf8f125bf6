import { countWords } from "../sizes.ts";
import type { Rule } from "../rule.ts";

export const missingIndexFromPlan: Rule = {
  id: "missing-index-from-plan",
  scope: "query",
  needs: "advice",
  title: "Index that makes the query cheaper",
  group: "query",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    return (query.advice ?? []).flatMap(({ table, sql, costBefore, costAfter, bytes, writes, redundant }) => {
      if (!scene.sizes.isLarge(table) || costAfter > costBefore * MOST) return [];
      const instead = redundant.length > 0 ? `; it makes ${redundant.join(", ")} needless` : "";
      return [
        {
          message: `An index on ${table} lowers the cost from ${countWords(costBefore)} to ${countWords(costAfter)}`,
          help: `${sql} (about ${countWords(bytes)} bytes; ${writes}${instead})`,
          objects: [table],
        },
      ];
    });
  },
};

/** Share of the cost that may be left: what halves it is worth the writes. */
const MOST = 0.5;
