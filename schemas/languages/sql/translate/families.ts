import type { TypeFamily } from "../../../model.ts";
import type { Expression } from "./query.ts";
import type { Scope } from "./scope.ts";

export const NUMBERS: ReadonlySet<TypeFamily> = new Set(["integer", "decimal", "float"]);
const TEXT_CALLS: ReadonlySet<string> = new Set(
  "CONCAT UPPER LOWER LEFT RIGHT SUBSTRING REPLACE TRIM LTRIM RTRIM REVERSE STRING_AGG CONCAT_WS DATENAME FORMAT".split(
    " ",
  ),
);
const SAME_AS_FIRST: ReadonlySet<string> = new Set("ISNULL COALESCE MIN MAX NULLIF SUM ABS ROUND IIF".split(" "));
const NUMBER_CALLS: ReadonlySet<string> = new Set(
  "COUNT AVG LEN DATEPART DATEDIFF YEAR MONTH DAY CHARINDEX FLOOR CEILING ROW_NUMBER".split(" "),
);

/** The family of what an expression gives; null where that cannot be told. */
export function familyOf(expression: Expression, scope: Scope): TypeFamily | null {
  switch (expression.kind) {
    case "number":
      return "decimal";
    case "text":
      return "text";
    case "column":
      return scope.familyOf(expression.path);
    case "cast":
      return /CHAR|TEXT/.test(expression.type) ? "text" : "decimal";
    case "binary":
      return familyOf(expression.left, scope) ?? familyOf(expression.right, scope);
    case "unary":
      return "decimal";
    case "call":
      if (TEXT_CALLS.has(expression.name)) return "text";
      if (SAME_AS_FIRST.has(expression.name)) {
        const [first] = expression.arguments;
        return first ? familyOf(first, scope) : null;
      }
      return NUMBER_CALLS.has(expression.name) ? "decimal" : null;
    case "case": {
      const [first] = expression.cases;
      return first ? familyOf(first.result, scope) : null;
    }
    default:
      return null;
  }
}
