import type { Node } from "#schemas/languages/sql/postgres/ast.ts";

/** Columns that every row must have a given value of, or one of a few: `a = 1 AND b IN (2, 3)`. */
export function comparedColumns(condition: Node | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ("BoolExpr" in condition) {
    const { boolop, args = [] } = condition.BoolExpr;
    return boolop === "AND_EXPR" ? args.flatMap(comparedColumns) : [];
  }
  if (!("A_Expr" in condition)) return [];
  const { kind, name = [], lexpr, rexpr } = condition.A_Expr;
  const [operator] = name;
  const isEqual = operator && "String" in operator && operator.String.sval === "=";
  if (!isEqual || (kind !== "AEXPR_OP" && kind !== "AEXPR_IN")) return [];
  const sides = [lexpr, rexpr];
  const column = sides.map(nameOf).find((found) => found !== null);
  return column !== undefined && column !== null && sides.some(isGiven) ? [column] : [];
}

function nameOf(node: Node | undefined): string | null {
  const last = node && "ColumnRef" in node ? node.ColumnRef.fields?.at(-1) : undefined;
  return last && "String" in last ? (last.String.sval ?? null) : null;
}

/** A value that is known before a row is read. */
function isGiven(node: Node | undefined): boolean {
  if (!node) return false;
  if ("TypeCast" in node) return isGiven(node.TypeCast.arg);
  if ("List" in node) return (node.List.items ?? []).every(isGiven);
  return "A_Const" in node || "ParamRef" in node;
}
