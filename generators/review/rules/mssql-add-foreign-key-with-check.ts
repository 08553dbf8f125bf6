import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { withoutCheck } from "../by-rule/without-check.ts";
import type { Rule } from "../rule.ts";

export const mssqlAddForeignKeyWithCheck: Rule = {
  id: "mssql-add-foreign-key-with-check",
  scope: "statement",
  title: "Foreign key that reads the whole table",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    return actsOf(reviewed.acts, "add constraint").flatMap((act) => {
      const { table, constraint, isNotValid, isInline } = act;
      if (constraint !== "foreign key" || table.isNew || isNotValid || isInline) return [];
      return [
        {
          message: `Adding the foreign key${act.name === undefined ? "" : ` ${act.name}`} reads all of ${sized(scene, table.id)} while nothing can read or write it`,
          help: "WITH NOCHECK now, WITH CHECK CHECK CONSTRAINT in a later migration",
          objects: [table.id, ...(act.references ? [act.references.id] : [])],
          ...withoutCheck(reviewed, act),
        },
      ];
    });
  },
};
