import type { A_Expr, SelectStmt } from "libpg-query";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";

/** Name of the column that an expression is, without what stands before it. */
export function columnOf(node: Node | undefined): string | null {
  if (!node || !("ColumnRef" in node)) return null;
  const last = node.ColumnRef.fields?.at(-1);
  return last && "String" in last ? (last.String.sval ?? null) : null;
}

/** What stands before the column's name; null for none. */
export function qualifierOf(node: Node | undefined): string | null {
  if (!node || !("ColumnRef" in node)) return null;
  const before = node.ColumnRef.fields?.at(-2);
  return before && "String" in before ? (before.String.sval ?? null) : null;
}

/** The operator of `a op b`, without a schema; null for other forms such as IN. */
export function operatorOf({ name, kind }: A_Expr): string | null {
  const [only] = name ?? [];
  return kind === "AEXPR_OP" && only && "String" in only ? (only.String.sval ?? null) : null;
}

export const string = (sval: string): Node => ({ String: { sval } });
export const text = (sval: string): Node => ({ A_Const: { sval: { sval } } });
export const one = (): Node => ({ ResTarget: { val: { A_Const: { ival: { ival: 1 } } } } });
export const exists = (select: SelectStmt): Node => ({
  SubLink: { subLinkType: "EXISTS_SUBLINK", subselect: { SelectStmt: select } },
});
export const compare = (operator: string, lexpr: Node, rexpr: Node): Node => ({
  A_Expr: { kind: "AEXPR_OP", name: [string(operator)], lexpr, rexpr },
});

/** The conditions that must all hold. */
export function conjuncts(condition: Node | undefined): readonly Node[] {
  if (condition === undefined) return [];
  const isAnd = "BoolExpr" in condition && condition.BoolExpr.boolop === "AND_EXPR";
  return isAnd ? (condition.BoolExpr.args ?? []).flatMap(conjuncts) : [condition];
}

/** One condition of several that must all hold; undefined for none. */
export function allOf(conditions: readonly Node[]): Node | undefined {
  const [only, ...more] = conditions;
  return more.length === 0 ? only : { BoolExpr: { boolop: "AND_EXPR", args: [...conditions] } };
}
