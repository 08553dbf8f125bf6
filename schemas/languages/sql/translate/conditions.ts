import type { Expression } from "./query.ts";

export const LOGIC: ReadonlySet<string> = new Set(["AND", "&&", "OR"]);

/** What yields true or false in PostgreSQL. */
export function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case "is null":
    case "between":
    case "in":
    case "exists":
      return true;
    case "unary":
      return expression.operator === "NOT";
    case "binary":
      return LOGIC.has(expression.operator) || expression.operator === "XOR" || COMPARISONS.has(expression.operator);
    default:
      return false;
  }
}
const COMPARISONS: ReadonlySet<string> = new Set(
  "= <=> <> != < > <= >= LIKE REGEXP RLIKE IS,IS NOT".split(" ").concat("IS", "IS NOT"),
);
