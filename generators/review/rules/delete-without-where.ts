import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const deleteWithoutWhere: Rule = {
  id: "delete-without-where",
  scope: "statement",
  title: "DELETE of every row",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "delete rows").flatMap(({ table, everyRow }) =>
      table.isNew || !everyRow
        ? []
        : [
            {
              message: `DELETE without WHERE deletes every row of ${sized(scene, table.id)} in one transaction`,
              help: "Add a condition; delete many rows in batches",
              objects: [table.id],
              evidence: "rule" as const,
            },
          ],
    );
  },
};
