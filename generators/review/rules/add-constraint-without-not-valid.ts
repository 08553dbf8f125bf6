import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { validPlan } from "../constraint-plans.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addConstraintWithoutNotValid: Rule = {
  id: "add-constraint-without-not-valid",
  scope: "statement",
  title: "CHECK that reads the whole table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "check" || table.isNew || isNotValid) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD CHECK ${act.name ?? ""} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Add it NOT VALID, then VALIDATE it in another transaction",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
          ...validPlan(statement, scene, act),
        },
      ];
    });
  },
};
