import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const commitInMigration: Rule = {
  id: "commit-in-migration",
  scope: "statement",
  title: "COMMIT of the migration tool's transaction",
  group: "migration",
  dialects: ["postgres", "mysql"],
  severity: "warning",
  default: "on",
  check(statement) {
    if (!statement.isWrapped || !statement.inTransaction) return [];
    return actsOf(statement.acts, "transaction").flatMap(({ control }) =>
      control === "begin"
        ? []
        : [
            {
              message:
                "This ends the transaction that the migration tool has opened: what follows is not undone when it fails",
              help: "Remove it, and put what must run on its own into a file that runs outside a transaction",
              objects: [],
              evidence: "rule" as const,
            },
          ],
    );
  },
};
