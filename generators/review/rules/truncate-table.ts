import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const truncateTable: Rule = {
  id: "truncate-table",
  scope: "statement",
  title: "Table emptied",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "truncate").flatMap(({ table }) =>
      table.isNew
        ? []
        : [
            {
              message: `TRUNCATE deletes every row of ${sized(scene, table.id)}`,
              help: "Say in the migration why nothing of it is needed, or delete what is not",
              objects: [table.id],
              evidence: "rule" as const,
            },
          ],
    );
  },
};
