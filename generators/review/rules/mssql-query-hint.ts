import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Rule } from "../rule.ts";

export const mssqlQueryHint: Rule = {
  id: "mssql-query-hint",
  scope: "statement",
  title: "Hint",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        table(table) {
          if (table.kind === "join" && table.hint !== undefined) found.add(`${table.hint} JOIN`);
          if (table.kind !== "table") return;
          for (const hint of table.hints) if (!DIRTY.has(hint)) found.add(hint);
        },
        query({ options }) {
          // MAXRECURSION is a limit, no hint.
          for (const option of options) if (!option.startsWith("MAXRECURSION")) found.add(option);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} tells the optimizer ${what}`,
      help: "Remove it; mend the statistics or the index",
      objects: [],
    }));
  },
};

/** Reading what is not committed has a rule of its own. */
const DIRTY: ReadonlySet<string> = new Set(["NOLOCK", "READUNCOMMITTED"]);
