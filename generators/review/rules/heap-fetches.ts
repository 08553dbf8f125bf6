import { planNodes } from "../../queries/query-plan.ts";
import type { Rule } from "../rule.ts";

export const heapFetches: Rule = {
  id: "heap-fetches",
  scope: "query",
  needs: "run",
  title: "Index-only scan that reads the table",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    return planNodes(query.run.root).flatMap(({ type, relation, index, facts }) => {
      const fetches = Number(facts["Heap Fetches"] ?? 0);
      const rows = Number(facts["Actual Rows"] ?? 0) * Number(facts["Actual Loops"] ?? 1);
      if (type !== "Index Only Scan" || fetches < LEAST || fetches < rows / 2) return [];
      return [
        {
          message: `The scan of ${index ?? "an index"} looked into the table ${fetches} times for ${rows} rows`,
          help: "VACUUM the table: an index alone answers only for pages that are known to be visible to all",
          objects: relation === undefined ? [] : [relation],
        },
      ];
    });
  },
};

const LEAST = 1000;
