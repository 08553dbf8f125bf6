import { sized } from "../blocking.ts";
import { lockWords } from "../lock-words.ts";
import { isAtLeast } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const missingLockTimeout: Rule = {
  id: "missing-lock-timeout",
  scope: "statement",
  title: "Strong lock without lock_timeout",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check(statement, scene) {
    if (statement.hasLockTimeout) return [];
    const lock = statement.measurement?.locks.find(({ mode }) => isAtLeast(mode, "ShareLock"));
    if (!lock) return [];
    return [
      {
        message: `${lockWords(lock.mode)} on ${sized(scene, lock.relation)} is waited for without lock_timeout: every query behind it waits too`,
        help: "SET LOCAL lock_timeout = '2s' at the top of the file, and let the deployment try again",
        objects: [lock.relation],
      },
    ];
  },
};
