import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { indexPlan } from "../constraint-plans.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addPrimaryKeyBlocking: Rule = {
  id: "add-primary-key-blocking",
  scope: "statement",
  title: "Primary key that builds its index",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "primary key" || table.isNew || isNotValid || act.usingIndex !== undefined) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD PRIMARY KEY (${act.columns.join(", ")}) reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Make the columns NOT NULL, build a unique index concurrently, then ADD PRIMARY KEY USING INDEX",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
          ...indexPlan(statement, scene, act),
        },
      ];
    });
  },
};
