import { actsOf } from "../acts/act.ts";
import { sized, whileBlocked } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { insertAfterWord } from "../sql.ts";
import { locks } from "../statement.ts";

export const reindexNotConcurrent: Rule = {
  id: "reindex-not-concurrent",
  scope: "statement",
  title: "REINDEX while writes wait",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "reindex").flatMap((act) => {
      const { table, what, name } = act;
      if (act.isConcurrent || table?.isNew) return [];
      if (table && !scene.family(table.id).some((id) => locks(statement, id, "ShareLock"))) return [];
      const words = what === "TABLE" || what === "INDEX" ? ["table", "index"] : ["schema", "database"];
      // The system's own indexes cannot be built concurrently.
      const sql = what === "SYSTEM" ? null : insertAfterWord(statement.statement.text, words, "CONCURRENTLY");
      return [
        {
          message: `REINDEX ${what} ${name} builds indexes of ${table ? sized(scene, table.id) : "every table in it"}${table ? whileBlocked(statement, table.id) : " while nothing can write to the one at hand"}`,
          help: "REINDEX … CONCURRENTLY (PostgreSQL 12 and later), outside a transaction",
          objects: table ? [table.id] : [],
          ...(sql === null
            ? {}
            : { rewrite: { title: "Build them concurrently, outside a transaction", steps: [sql] } }),
        },
      ];
    });
  },
};
