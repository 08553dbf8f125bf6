import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import { scans } from "../statement.ts";
import { insertAfterWord } from "../sql.ts";
import type { Rule } from "../rule.ts";

export const createIndexNotConcurrent: Rule = {
  id: "create-index-not-concurrent",
  scope: "statement",
  title: "Index built while writes wait",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "create index").flatMap((act) => {
      const { table, name = "an index" } = act;
      const family = scene.family(table.id);
      if (table.isNew || act.isConcurrent || act.isOnly || !scans(statement, family)) return [];
      const isPartitioned = scene.base.table(table.id)?.variant === "partitioned";
      const sql = statement.acts.length === 1 && !isPartitioned && withConcurrently(statement.statement.text);
      return [
        {
          message: `CREATE INDEX ${name} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: isPartitioned
            ? "CREATE INDEX ON ONLY the parent, build one CONCURRENTLY on each partition, then attach them"
            : "CREATE INDEX CONCURRENTLY, in a migration of its own that runs outside a transaction",
          objects: [table.id],
          ...scanSeverity(statement, scene, table.id),
          ...(sql ? { rewrite: { title: "Build it concurrently, outside a transaction", steps: [sql] } } : {}),
        },
      ];
    });
  },
};

const withConcurrently = (sql: string): string | null => insertAfterWord(sql, ["index"], "CONCURRENTLY");
