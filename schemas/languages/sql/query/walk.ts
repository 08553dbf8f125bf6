import type { Body, Cte, DataStatement, Expr, Item, OrderItem, Query, Select, TableExpr, WindowSpec } from "./ast.ts";

/** What is told of the parts of a statement, outer ones first. */
export interface QueryVisitor {
  readonly expr?: (expr: Expr) => void;
  readonly table?: (table: TableExpr) => void;
  readonly select?: (select: Select) => void;
  readonly query?: (query: Query) => void;
}

/** Visits every expression, table and subquery of a statement. */
export function walkStatement(statement: DataStatement, visitor: QueryVisitor): void {
  const walk = createWalk(visitor);
  switch (statement.kind) {
    case "query":
      return walk.query(statement.query);
    case "insert":
      walk.ctes(statement.with);
      walk.table(statement.table);
      if (statement.query) walk.query(statement.query);
      for (const { value } of [...statement.assignments, ...statement.onDuplicate]) walk.expr(value);
      return;
    case "update":
      walk.ctes(statement.with);
      walk.table(statement.target);
      if (statement.from) walk.table(statement.from);
      for (const { value } of statement.assignments) walk.expr(value);
      return walk.rows(statement);
    case "delete":
      walk.ctes(statement.with);
      if (statement.from) walk.table(statement.from);
      else statement.targets.forEach(walk.table);
      return walk.rows(statement);
    case "merge":
      walk.ctes(statement.with);
      walk.table(statement.target);
      walk.table(statement.source);
      walk.expr(statement.on);
      for (const branch of statement.branches) {
        if (branch.condition) walk.expr(branch.condition);
        for (const { value } of branch.assignments) walk.expr(value);
        branch.values.forEach(walk.expr);
      }
  }
}

function createWalk(visitor: QueryVisitor) {
  const order = (items: readonly OrderItem[]): void => {
    for (const { value } of items) expr(value);
  };
  const window = ({ partitionBy, orderBy }: WindowSpec): void => {
    partitionBy.forEach(expr);
    order(orderBy);
  };
  const items = (list: readonly Item[]): void => {
    for (const { value } of list) expr(value);
  };

  function expr(one: Expr): void {
    visitor.expr?.(one);
    switch (one.kind) {
      case "call":
        one.args.forEach(expr);
        order(one.orderBy);
        if (one.over) window(one.over);
        return;
      case "operator":
        return one.operands.forEach(expr);
      case "cast":
        return expr(one.value);
      case "query":
        return query(one.query);
      default:
    }
  }

  function table(one: TableExpr): void {
    visitor.table?.(one);
    switch (one.kind) {
      case "derived":
        return query(one.query);
      case "function":
        return one.args.forEach(expr);
      case "join":
        table(one.left);
        table(one.right);
        if (one.on) expr(one.on);
        return;
      case "pivot":
        return table(one.of);
      default:
    }
  }

  function body(one: Body): void {
    switch (one.kind) {
      case "set":
        body(one.left);
        return body(one.right);
      case "values":
        for (const row of one.rows) row.forEach(expr);
        return;
      case "nested":
        return query(one.query);
      case "select":
        visitor.select?.(one);
        items(one.items);
        if (one.from) table(one.from);
        for (const part of [one.where, one.having, one.top]) if (part) expr(part);
        one.groupBy.forEach(expr);
        for (const { spec } of one.windows) window(spec);
        return;
      case "whole table":
    }
  }

  function ctes(list: readonly Cte[]): void {
    for (const { query: own } of list) query(own);
  }

  function query(one: Query): void {
    visitor.query?.(one);
    ctes(one.with);
    body(one.body);
    order(one.orderBy);
    one.limit.forEach(expr);
  }

  function rows(tail: {
    readonly where?: Expr;
    readonly top?: Expr;
    readonly orderBy: readonly OrderItem[];
    readonly limit: readonly Expr[];
    readonly returning: readonly Item[];
  }): void {
    for (const part of [tail.where, tail.top]) if (part) expr(part);
    order(tail.orderBy);
    tail.limit.forEach(expr);
    items(tail.returning);
  }

  return { query, table, expr, ctes, rows };
}
