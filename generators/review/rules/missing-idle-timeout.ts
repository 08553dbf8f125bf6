import { isLimited } from "../read-statements.ts";
import type { Rule } from "../rule.ts";
import { isAtLeast } from "../statement.ts";

export const missingIdleTimeout: Rule = {
  id: "missing-idle-timeout",
  scope: "statement",
  title: "Migration without an idle timeout",
  group: "migration",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  isOncePerFile: true,
  check(statement) {
    if (isLimited(statement.settings.get("idle_in_transaction_session_timeout")) || !statement.inTransaction) return [];
    const lock = statement.measurement?.locks.find(({ mode }) => isAtLeast(mode, "ShareLock"));
    if (!lock) return [];
    return [
      {
        message: `${lock.relation} stays locked when the client hangs: nothing ends an idle transaction`,
        help: "Set idle_in_transaction_session_timeout at the top of the file",
        objects: [lock.relation],
        evidence: "rule",
      },
    ];
  },
};
