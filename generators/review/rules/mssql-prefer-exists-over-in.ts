import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Rule } from "../rule.ts";

export const mssqlPreferExistsOverIn: Rule = {
  id: "mssql-prefer-exists-over-in",
  scope: "statement",
  title: "IN with a subquery",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        expr(expr) {
          if (expr.kind !== "operator" || (expr.operator !== "IN" && expr.operator !== "NOT IN")) return;
          if (expr.operands[1]?.kind === "query") found.add(expr.operator);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} uses ${what} with a subquery`,
      help: "EXISTS",
      objects: [],
    }));
  },
};
