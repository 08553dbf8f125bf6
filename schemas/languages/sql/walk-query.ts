import type { Expression, FromItem, QueryTree, SelectQuery } from "./query-tree.ts";

/** What to do at the parts of a query, those of its subqueries included. */
export interface QueryVisitor {
  /** Every query, the outermost first; `depth` is 0 for it. */
  query?(query: QueryTree, depth: number): void;
  from?(item: FromItem): void;
  /** Every expression, parents first. */
  expression?(value: Expression): void;
}

/** Visits a query and everything in it, parents first, in the order of the text. */
export function walkQuery(tree: QueryTree, visitor: QueryVisitor, depth = 0): void {
  visitor.query?.(tree, depth);
  const visit = (value: Expression | undefined): void => {
    if (value) walkExpression(value, visitor, depth);
  };
  const from = (item: FromItem): void => {
    visitor.from?.(item);
    if (item.kind === "subquery") walkQuery(item.query, visitor, depth + 1);
    if (item.kind === "function") visit(item.call);
    if (item.kind !== "join") return;
    from(item.left);
    from(item.right);
    visit(item.on);
  };
  if (tree.kind === "other query") {
    for (const part of tree.parts) visit(part);
    return;
  }
  for (const table of tree.with) walkQuery(table.query, visitor, depth + 1);
  if (tree.kind === "select") {
    walkBody(tree, visitor, depth, { from, visit });
    for (const { value } of tree.orderBy) visit(value);
    visit(tree.limit);
    visit(tree.offset);
    return;
  }
  from(tree.table);
  if (tree.kind === "insert") {
    if (tree.source) walkQuery(tree.source, visitor, depth + 1);
    for (const { value } of tree.onConflict) visit(value);
  } else {
    if (tree.kind === "update") for (const { value } of tree.assignments) visit(value);
    for (const item of tree.from) from(item);
    visit(tree.where);
    for (const { value } of tree.orderBy) visit(value);
    visit(tree.limit);
  }
  for (const { value } of tree.returning) visit(value);
}

function walkBody(
  { body }: SelectQuery,
  visitor: QueryVisitor,
  depth: number,
  { from, visit }: { readonly from: (item: FromItem) => void; readonly visit: (value: Expression | undefined) => void },
): void {
  if (body.kind === "set") {
    walkQuery(body.left, visitor, depth);
    walkQuery(body.right, visitor, depth);
  } else if (body.kind === "values") {
    for (const row of body.rows) for (const value of row) visit(value);
  } else {
    for (const { value } of body.items) visit(value);
    for (const item of body.from) from(item);
    visit(body.where);
    for (const value of body.groupBy) visit(value);
    visit(body.having);
  }
}

/** Visits an expression and what is in it, its subqueries included. */
export function walkExpression(value: Expression, visitor: QueryVisitor, depth = 0): void {
  visitor.expression?.(value);
  for (const child of childrenOf(value)) walkExpression(child, visitor, depth);
  if (value.kind === "subquery") walkQuery(value.query, visitor, depth + 1);
}

/** The expressions that stand directly in one, without those of a subquery. */
export function childrenOf(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case "column":
    case "star":
    case "literal":
    case "parameter":
      return [];
    case "call":
      return value.args;
    case "cast":
    case "null test":
      return [value.of];
    case "operation":
      return value.operands;
    case "and":
    case "or":
    case "not":
      return value.terms;
    case "in":
      return [value.of, ...value.list];
    case "subquery":
      return value.of ? [value.of] : [];
    case "other":
      return value.parts;
  }
}

/** The terms of a condition that must all be true. */
export function conjuncts(condition: Expression | undefined): readonly Expression[] {
  if (!condition) return [];
  return condition.kind === "and" ? condition.terms.flatMap(conjuncts) : [condition];
}

/** Every table that an item of FROM holds, in the order of the text; without those of subqueries. */
export function tablesIn(item: FromItem): readonly Extract<FromItem, { kind: "table" }>[] {
  if (item.kind === "table") return [item];
  return item.kind === "join" ? [...tablesIn(item.left), ...tablesIn(item.right)] : [];
}
