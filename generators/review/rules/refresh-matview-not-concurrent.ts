import { actsOf } from "../acts/act.ts";
import { insertAfterWord } from "../sql.ts";
import { locks } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const refreshMatviewNotConcurrent: Rule = {
  id: "refresh-matview-not-concurrent",
  scope: "statement",
  title: "REFRESH while nobody can read the view",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "refresh").flatMap(({ table, isConcurrent }) => {
      if (isConcurrent || table.isNew || !locks(statement, table.id, "AccessExclusiveLock")) return [];
      const view = scene.base.view(table.id);
      const hasKey = view?.indexes.some(({ unique, predicate }) => unique && predicate === undefined) === true;
      const sql = hasKey ? insertAfterWord(statement.statement.text, ["view"], "CONCURRENTLY") : null;
      return [
        {
          message: `REFRESH MATERIALIZED VIEW ${table.id} blocks its readers until it is done`,
          help: hasKey ? "REFRESH MATERIALIZED VIEW CONCURRENTLY" : "Give it a unique index, then refresh CONCURRENTLY",
          objects: [table.id],
          ...(sql === null ? {} : { rewrite: { title: "Refresh it concurrently", steps: [sql] } }),
        },
      ];
    });
  },
};
