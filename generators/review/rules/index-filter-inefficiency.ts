import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const indexFilterInefficiency: Rule = {
  id: "index-filter-inefficiency",
  scope: "query",
  needs: "run",
  title: "Index scan that throws most rows away",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    return planNodes(query.run.root).flatMap(({ type, relation, index, facts, conditions }) => {
      const removed = Number(facts["Rows Removed by Filter"] ?? 0) * Number(facts["Actual Loops"] ?? 1);
      const kept = Number(facts["Actual Rows"] ?? 0) * Number(facts["Actual Loops"] ?? 1);
      if (!type.startsWith("Index") || removed < LEAST || removed < kept * MANY) return [];
      return [
        {
          message: `The scan of ${index ?? "an index"} found ${removed + kept} rows and kept ${kept}`,
          help: `Put the column of ${conditions["Filter"] ?? "the filter"} into the index`,
          objects: relation === undefined ? [] : [relation],
        },
      ];
    });
  },
};

const LEAST = 1000;
/** Rows read for each one kept. */
const MANY = 10;
