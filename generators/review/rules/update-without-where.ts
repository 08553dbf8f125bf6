import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const updateWithoutWhere: Rule = {
  id: "update-without-where",
  scope: "statement",
  title: "UPDATE of every row",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "update rows").flatMap(({ table, everyRow }) =>
      table.isNew || !everyRow
        ? []
        : [
            {
              message: `UPDATE without WHERE writes every row of ${sized(scene, table.id)} in one transaction`,
              help: "Fill it in batches by ranges of the key, outside the migration",
              objects: [table.id],
              evidence: "rule" as const,
            },
          ],
    );
  },
};
