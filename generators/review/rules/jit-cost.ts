import type { Rule } from "../rule.ts";

export const jitCost: Rule = {
  id: "jit-cost",
  scope: "query",
  needs: "run",
  title: "Compiling takes much of the time",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    const { jitMs = 0, timing } = query.run;
    const total = timing?.executionMs ?? 0;
    if (jitMs < LEAST_MS || jitMs < total * SHARE) return [];
    return [
      {
        message: `Compiling took ${jitMs.toFixed(1)} ms of ${total.toFixed(1)} ms`,
        help: "Raise jit_above_cost, or SET jit = off for this query",
        objects: query.resolved.relations.map(({ id }) => id),
      },
    ];
  },
};

const LEAST_MS = 5;
const SHARE = 0.25;
