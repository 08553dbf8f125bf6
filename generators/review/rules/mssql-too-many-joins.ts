import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { TableExpr } from "#schemas/languages/sql/query/ast.ts";
import type { Rule } from "../rule.ts";

export const mssqlTooManyJoins: Rule = {
  id: "mssql-too-many-joins",
  scope: "statement",
  title: "Query that joins many tables",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed, scene) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        select({ from }) {
          const count = from ? countTables(from) : 0;
          if (count > scene.limits.joinsPerQuery) found.add(String(count));
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} joins ${what} tables in one query`,
      help: "Split it with a temporary table",
      objects: [],
    }));
  },
};

function countTables(table: TableExpr): number {
  if (table.kind === "join") return countTables(table.left) + countTables(table.right);
  return table.kind === "pivot" ? countTables(table.of) : 1;
}
