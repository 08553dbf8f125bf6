import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const transactionNesting: Rule = {
  id: "transaction-nesting",
  scope: "statement",
  title: "BEGIN inside a transaction",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement) {
    if (!statement.inTransaction) return [];
    return actsOf(statement.acts, "transaction").flatMap(({ control }) => {
      if (control !== "begin") return [];
      const who = statement.isWrapped
        ? "the migration tool has opened one around this file"
        : "the script has begun one";
      return [
        {
          message: `BEGIN inside a transaction: ${who}, so this one begins nothing and the next COMMIT ends that one`,
          help: "Remove it, or mark the file as one that runs outside a transaction, in the way of your migration tool",
          objects: [],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
