import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const uncommittedTransaction: Rule = {
  id: "uncommitted-transaction",
  scope: "statement",
  title: "BEGIN without COMMIT",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check({ acts, file, statement, isWrapped }, scene) {
    // The tool commits what it wraps.
    if (isWrapped || !acts.some((act) => act.kind === "transaction" && act.control === "begin")) return [];
    const isEnded = scene
      .statementsOf(file.path)
      .filter((other) => other.statement.index > statement.index)
      .some((other) => actsOf(other.acts, "transaction").some(({ control }) => control === "end"));
    if (isEnded) return [];
    return [
      {
        message: "This transaction is never committed: when the session ends, all that follows is lost",
        help: "Add COMMIT at the end",
        objects: [],
        evidence: "rule" as const,
      },
    ];
  },
};
