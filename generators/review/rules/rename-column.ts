import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const renameColumn: Rule = {
  id: "rename-column",
  scope: "statement",
  title: "Column renamed",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement) {
    return actsOf(statement.acts, "rename column").flatMap(({ table, column, to }) => {
      if (table.isNew) return [];
      const id = columnId(table.id, column);
      return [
        {
          message: `Renames ${id} to ${to}: the running version of the code still uses the old name`,
          help: "Add the new column, write both, move readers over, then drop the old one",
          objects: [id, table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
