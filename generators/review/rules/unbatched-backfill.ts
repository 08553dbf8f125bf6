import type { Table } from "#schemas/model.ts";
import { PRESUMED_PATH } from "#schemas/replay/presumed/presumed-path.ts";
import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { scans } from "../statement.ts";

const isPresumed = (table: Table | undefined): boolean => table?.origin?.created.file === PRESUMED_PATH;

/** How people call what identifies a row. */
const isKeyName = (column: string): boolean => /(?:^|_)(?:id|uuid|guid|pk)$/i.test(column);

export const unbatchedBackfill: Rule = {
  id: "unbatched-backfill",
  scope: "statement",
  title: "Backfill in one transaction",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "update rows").flatMap(({ table, everyRow, columns, filters = [] }) => {
      // Without any condition it is update-without-where that speaks.
      if (table.isNew || everyRow || scene.sizes.isSmall(table.id)) return [];
      if (!scans(statement, scene.family(table.id))) return [];
      // Of a table that nobody knows the keys are not known either.
      if (isPresumed(scene.base.table(table.id)) && filters.some(isKeyName)) return [];
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
