import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { insertAfterWord } from "../sql.ts";
import { isAtLeast, lockDuring, type ReviewedStatement } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const dropIndexNotConcurrent: Rule = {
  id: "drop-index-not-concurrent",
  scope: "statement",
  title: "Index dropped while nothing can read its table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "drop index").flatMap((act) => {
      const { table, index } = act;
      if (act.isConcurrent || !isLocked(statement, table.id)) return [];
      const canBeConcurrent = act.count === 1 && !act.isCascade && statement.acts.length === 1;
      const sql = canBeConcurrent ? insertAfterWord(statement.statement.text, ["index"], "CONCURRENTLY") : null;
      return [
        {
          message: `DROP INDEX ${index} waits for every query on ${sized(scene, table.id)} and stops new ones meanwhile`,
          help: canBeConcurrent
            ? "DROP INDEX CONCURRENTLY, outside a transaction"
            : "DROP INDEX CONCURRENTLY takes one index at a time and no CASCADE: one statement each, outside a transaction",
          objects: [index, table.id],
          ...(sql === null ? {} : { rewrite: { title: "Drop it concurrently, outside a transaction", steps: [sql] } }),
        },
      ];
    });
  },
};

function isLocked(statement: ReviewedStatement, table: string): boolean {
  const lock = lockDuring(statement, table);
  return lock !== null && isAtLeast(lock.mode, "AccessExclusiveLock");
}
