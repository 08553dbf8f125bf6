import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { scans } from "../statement.ts";

export const unbatchedBackfill: Rule = {
  id: "unbatched-backfill",
  scope: "statement",
  title: "Backfill in one transaction",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "update rows").flatMap(({ table, everyRow, columns }) => {
      // Without any condition it is update-without-where that speaks.
      if (table.isNew || everyRow || scene.sizes.isSmall(table.id)) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      return [
        {
          message: `UPDATE of ${columns.join(", ")} reads all of ${sized(scene, table.id)} and keeps every row it writes locked until the migration ends`,
          help: "Fill it in batches by ranges of the key, outside the migration",
          objects: [table.id],
        },
      ];
    });
  },
};
