import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { locks } from "../statement.ts";

export const refreshMatviewLock: Rule = {
  id: "refresh-matview-lock",
  scope: "statement",
  title: "REFRESH CONCURRENTLY in a migration",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "refresh").flatMap(({ table, isConcurrent }) => {
      if (!isConcurrent || table.isNew || !locks(statement, table.id, "ExclusiveLock")) return [];
      return [
        {
          message: `REFRESH MATERIALIZED VIEW CONCURRENTLY ${sized(scene, table.id)} runs its whole query within the migration, and every other refresh of it waits`,
          help: "Leave it to the job that refreshes the view, after the migration",
          objects: [table.id],
        },
      ];
    });
  },
};
