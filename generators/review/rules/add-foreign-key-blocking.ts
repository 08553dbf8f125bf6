import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { validPlan } from "../constraint-plans.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addForeignKeyBlocking: Rule = {
  id: "add-foreign-key-blocking",
  scope: "statement",
  title: "Foreign key that reads the whole table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "foreign key" || table.isNew || isNotValid) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD FOREIGN KEY to ${act.references?.id ?? "another table"} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Add it NOT VALID, then VALIDATE it in another transaction",
          objects: [table.id, ...(act.references ? [act.references.id] : [])],
          ...scanSeverity(statement, scene, table.id),
          ...validPlan(statement, scene, act),
        },
      ];
    });
  },
};
