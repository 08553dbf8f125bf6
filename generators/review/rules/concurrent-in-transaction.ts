import { actsOf } from "../acts/act.ts";
import type { TransactionMode } from "#schemas/source.ts";
import type { Rule } from "../rule.ts";

export const concurrentInTransaction: Rule = {
  id: "concurrent-in-transaction",
  scope: "statement",
  title: "CONCURRENTLY inside a transaction",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement) {
    if (!statement.inTransaction) return [];
    return actsOf(statement.acts, "concurrently").map(({ what }) => ({
      message: `${what} cannot run inside a transaction, and ${whoOpens(statement.file.transaction)}`,
      help: "Move it to a file of its own and mark that file in the way of your migration tool",
      objects: [],
      evidence: "rule" as const,
    }));
  },
};

function whoOpens(mode: TransactionMode): string {
  return mode === "none" ? "the script has begun one" : "the migration tool opens one around this file";
}
