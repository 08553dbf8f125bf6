import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Expr } from "#schemas/languages/sql/query/ast.ts";
import type { Rule } from "../rule.ts";

export const mssqlStaticPredicate: Rule = {
  id: "mssql-static-predicate",
  scope: "statement",
  title: "Condition that is always the same",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        expr(expr) {
          if (expr.kind !== "operator" || !COMPARES.has(expr.operator)) return;
          const [left, right] = expr.operands;
          if (left && right && isStatic(left, right)) found.add(`${textOf(left)} ${expr.operator} ${textOf(right)}`);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} has the condition ${what}, which says the same of every row`,
      help: "Remove it",
      objects: [],
    }));
  },
};

const COMPARES: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", ">", "<=", ">="]);

function isStatic(left: Expr, right: Expr): boolean {
  if (left.kind === "literal" && right.kind === "literal") return true;
  const isColumn = left.kind === "column" && right.kind === "column";
  return isColumn && textOf(left).toLowerCase() === textOf(right).toLowerCase();
}

function textOf(expr: Expr): string {
  if (expr.kind === "column") return expr.parts.join(".");
  return expr.kind === "literal" ? expr.text : "";
}
