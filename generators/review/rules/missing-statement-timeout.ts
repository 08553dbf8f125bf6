import { isLimited } from "../read-statements.ts";
import type { Rule } from "../rule.ts";
import { isAtLeast } from "../statement.ts";

export const missingStatementTimeout: Rule = {
  id: "missing-statement-timeout",
  scope: "statement",
  title: "Migration without statement_timeout",
  group: "migration",
  dialects: ["postgres"],
  severity: "info",
  default: "opt-in",
  isOncePerFile: true,
  check(statement) {
    if (isLimited(statement.settings.get("statement_timeout"))) return [];
    const lock = statement.measurement?.locks.find(({ mode }) => isAtLeast(mode, "ShareLock"));
    if (!lock) return [];
    return [
      {
        message: `This statement on ${lock.relation} may run for any time: no statement_timeout ends it`,
        help: "Set statement_timeout to what the statement may take at the top of the file",
        objects: [lock.relation],
        evidence: "rule",
      },
    ];
  },
};
