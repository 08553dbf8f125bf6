import type { Rule } from "../rule.ts";

export const planningTimeOverExecution: Rule = {
  id: "planning-time-over-execution",
  scope: "query",
  needs: "run",
  title: "Planning takes longer than running",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    const { planningMs, executionMs } = query.run.timing ?? { planningMs: 0, executionMs: 0 };
    if (planningMs < LEAST_MS || planningMs <= executionMs) return [];
    return [
      {
        message: `Planning took ${planningMs.toFixed(1)} ms and running ${executionMs.toFixed(1)} ms`,
        help: "A prepared statement is planned once; fewer partitions and joins are planned faster",
        objects: query.resolved.relations.map(({ id }) => id),
      },
    ];
  },
};

/** Less is nothing that anybody waits for. */
const LEAST_MS = 2;
