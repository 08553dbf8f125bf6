import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const hashBatches: Rule = {
  id: "hash-batches",
  scope: "query",
  needs: "run",
  title: "Hash that does not fit into memory",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    return planNodes(query.run.root).flatMap(({ facts }) => {
      const batches = Number(facts["Hash Batches"] ?? facts["HashAgg Batches"] ?? 0);
      if (batches <= 1) return [];
      return [
        {
          message: `A hash was divided into ${batches} batches and written to disk`,
          help: "A smaller side to build it from, or more work_mem for this query",
          objects: query.resolved.relations.map(({ id }) => id),
        },
      ];
    });
  },
};
