import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const renameTable: Rule = {
  id: "rename-table",
  scope: "statement",
  title: "Table renamed",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement) {
    return actsOf(statement.acts, "rename table").flatMap(({ table, to }) => {
      if (table.isNew) return [];
      return [
        {
          message: `Renames ${table.id} to ${to}: the running version of the code still uses the old name`,
          help: "Leave a view with the old name until no code uses it",
          objects: [table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
