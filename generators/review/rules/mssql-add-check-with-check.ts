import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { withoutCheck } from "../by-rule/without-check.ts";
import type { Rule } from "../rule.ts";

export const mssqlAddCheckWithCheck: Rule = {
  id: "mssql-add-check-with-check",
  scope: "statement",
  title: "CHECK constraint that reads the whole table",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    return actsOf(reviewed.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid, isInline } = act;
      if (constraint !== "check" || table.isNew || isNotValid || isInline) return [];
      return [
        {
          message: `Adding the check constraint${act.name === undefined ? "" : ` ${act.name}`} reads all of ${sized(scene, table.id)} while nothing can read or write it`,
          help: "WITH NOCHECK now, WITH CHECK CHECK CONSTRAINT in a later migration",
          objects: [table.id, ...(act.references ? [act.references.id] : [])],
          ...withoutCheck(reviewed, act),
        },
      ];
    });
  },
};
