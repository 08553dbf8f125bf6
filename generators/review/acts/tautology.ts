import type { Node } from "#schemas/languages/sql/postgres/ast.ts";
import { constant, words } from "./nodes.ts";

/** True when a condition is missing or lets every row through, such as `WHERE true` and `WHERE 1 = 1`. */
export function isTautology(condition: Node | undefined): boolean {
  if (condition === undefined) return true;
  if ("A_Const" in condition) return condition.A_Const.boolval?.boolval === true;
  if ("BoolExpr" in condition) {
    const { boolop, args = [] } = condition.BoolExpr;
    if (boolop === "OR_EXPR") return args.some(isTautology);
    return boolop === "AND_EXPR" && args.every(isTautology);
  }
  if ("A_Expr" in condition) {
    const { kind, name, lexpr, rexpr } = condition.A_Expr;
    if (kind !== "AEXPR_OP" || lexpr === undefined || rexpr === undefined) return false;
    if (!("A_Const" in lexpr) || !("A_Const" in rexpr) || words(name?.[0])[0] !== "=") return false;
    const [left] = constant(lexpr);
    const [right] = constant(rexpr);
    return left !== undefined && left === right;
  }
  return false;
}
