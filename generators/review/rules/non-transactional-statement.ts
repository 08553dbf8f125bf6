import type { Rule } from "../rule.ts";

export const nonTransactionalStatement: Rule = {
  id: "non-transactional-statement",
  scope: "statement",
  title: "Statement that no transaction may hold",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "opt-in",
  check({ alone, inTransaction, statement }) {
    if (!alone || !inTransaction) return [];
    const words = statement.text.trim().split(/\s+/, 2).join(" ");
    return [
      {
        message: `${words} … cannot run inside a transaction, and this file runs in one`,
        help: "Give it a file of its own and mark that file in the way of your migration tool",
        objects: [],
        evidence: "rule" as const,
      },
    ];
  },
};
