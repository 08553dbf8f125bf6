import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { indexPlan } from "../constraint-plans.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addUniqueConstraintBlocking: Rule = {
  id: "add-unique-constraint-blocking",
  scope: "statement",
  title: "Unique constraint that builds its index",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "unique" || table.isNew || isNotValid || act.usingIndex !== undefined) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD UNIQUE (${act.columns.join(", ")}) reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Build a unique index concurrently, then ADD CONSTRAINT … UNIQUE USING INDEX",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
          ...indexPlan(statement, scene, act),
        },
      ];
    });
  },
};
