import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addExclusionConstraint: Rule = {
  id: "add-exclusion-constraint",
  scope: "statement",
  title: "Exclusion constraint that builds its index",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "exclude" || table.isNew || isNotValid) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD EXCLUDE reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "There is no concurrent form: set a lock_timeout, or fill a new table and swap",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
        },
      ];
    });
  },
};
