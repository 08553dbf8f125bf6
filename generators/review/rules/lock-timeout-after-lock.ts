import { actsOf } from "../acts/act.ts";
import { lockWords } from "../lock-words.ts";
import { isLimited } from "../read-statements.ts";
import type { Rule } from "../rule.ts";
import { isAtLeast } from "../statement.ts";

export const lockTimeoutAfterLock: Rule = {
  id: "lock-timeout-after-lock",
  scope: "statement",
  title: "lock_timeout set after the lock",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    const sets = actsOf(statement.acts, "set").some(({ name, value }) => name === "lock_timeout" && isLimited(value));
    if (!sets || statement.hasLockTimeout) return [];
    for (const earlier of scene.statementsOf(statement.file.path)) {
      if (earlier.statement.index >= statement.statement.index) break;
      const lock = earlier.measurement?.locks.find(({ mode }) => isAtLeast(mode, "ShareLock"));
      if (!lock) continue;
      return [
        {
          message: `lock_timeout comes too late: line ${earlier.statement.span.line} has taken ${lockWords(lock.mode)} on ${lock.relation} without it`,
          help: "Set it at the top of the file",
          objects: [lock.relation],
          evidence: "rule" as const,
        },
      ];
    }
    return [];
  },
};
