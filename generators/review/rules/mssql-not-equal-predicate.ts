import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Rule } from "../rule.ts";

export const mssqlNotEqualPredicate: Rule = {
  id: "mssql-not-equal-predicate",
  scope: "statement",
  title: "Condition with <>",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        expr(expr) {
          if (expr.kind === "operator" && (expr.operator === "<>" || expr.operator === "!=")) found.add(expr.operator);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} compares with ${what}, which an index seldom serves`,
      help: "Ranges, or a list of what is wanted",
      objects: [],
    }));
  },
};
