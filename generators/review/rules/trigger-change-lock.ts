import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { blockWords, lockWords } from "../lock-words.ts";
import type { Rule } from "../rule.ts";
import { isAtLeast } from "../statement.ts";

export const triggerChangeLock: Rule = {
  id: "trigger-change-lock",
  scope: "statement",
  title: "Trigger changed while nothing can write to the table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    // With a limit on the wait there is nothing left to do better.
    if (statement.hasLockTimeout) return [];
    const { acts } = statement;
    const changes = [
      ...actsOf(acts, "create trigger").map(({ table, name }) => ({ table, what: `CREATE TRIGGER ${name}` })),
      ...actsOf(acts, "drop trigger").map(({ table, name }) => ({ table, what: `DROP TRIGGER ${name}` })),
      ...actsOf(acts, "switch trigger").map(({ table, name, isOn }) => ({
        table,
        what: `${isOn ? "ENABLE" : "DISABLE"} TRIGGER ${name}`,
      })),
    ];
    return changes.flatMap(({ table, what }) => {
      // A lock that the transaction holds anyway is the finding of an earlier line.
      const lock = statement.measurement?.locks.findLast(({ relation }) => relation === table.id);
      if (table.isNew || !lock || !isAtLeast(lock.mode, "ShareRowExclusiveLock")) return [];
      return [
        {
          message: `${what} takes ${lockWords(lock.mode)} on ${sized(scene, table.id)}: while it waits and runs, ${blockWords(lock.mode)}`,
          help: "SET LOCAL lock_timeout = '2s' first, and let the deployment try again",
          objects: [table.id],
        },
      ];
    });
  },
};
