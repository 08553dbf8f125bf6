import type { Rule } from "../rule.ts";

export const triggerTime: Rule = {
  id: "trigger-time",
  scope: "query",
  needs: "run",
  title: "Triggers take much of the time",
  group: "query",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  check(query) {
    if (!query.run) return [];
    const { timing, triggers = [] } = query.run;
    const total = timing?.executionMs ?? 0;
    return triggers.flatMap(({ name, ms }) => {
      if (ms < LEAST_MS || ms < total * SHARE) return [];
      return [
        {
          message: `The trigger ${name} took ${ms.toFixed(1)} ms of ${total.toFixed(1)} ms`,
          help: "Of a foreign key: an index on the referencing column. Else make the trigger do less",
          objects: query.resolved.relations.map(({ id }) => id),
        },
      ];
    });
  },
};

const LEAST_MS = 2;
const SHARE = 0.25;
