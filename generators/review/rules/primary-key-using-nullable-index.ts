import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { scans } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const primaryKeyUsingNullableIndex: Rule = {
  id: "primary-key-using-nullable-index",
  scope: "statement",
  title: "Primary key over a nullable column",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid } = act;
      if (constraint !== "primary key" || table.isNew || isNotValid || act.usingIndex === undefined) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD PRIMARY KEY USING INDEX ${act.usingIndex} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Make the columns NOT NULL first, by a constraint that is validated on its own",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
        },
      ];
    });
  },
};
