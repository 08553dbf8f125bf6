import type {
  Assignment,
  CommonTable,
  FromItem,
  FromTable,
  OrderItem,
  QueryBody,
  QueryTree,
  SelectItem,
  SelectQuery,
} from "../query-tree.ts";
import type * as Read from "./ast.ts";
import { toExpression } from "./to-expression.ts";

/** A statement of MySQL or SQL Server as the tree that every dialect's queries become. */
export function toQueryTree(statement: Read.DataStatement): QueryTree {
  const at = statement.start;
  switch (statement.kind) {
    case "query":
      return select(statement.query);
    case "insert": {
      const { columns, query, assignments, onDuplicate, returning } = statement;
      const names = [...columns.map(({ name }) => name), ...assignments.map(columnOf)];
      return {
        kind: "insert",
        at,
        with: commonTables(statement.with, false),
        table: writtenTable(statement.table),
        ...(names.length > 0 ? { columns: names } : {}),
        ...(query ? { source: select(query) } : {}),
        ...(assignments.length > 0 ? { source: oneRow(assignments, at) } : {}),
        onConflict: onDuplicate.map(assignment),
        returning: items(returning),
      };
    }
    case "update": {
      const { target, from, assignments } = statement;
      const reads = from ?? target;
      const isOne = from === undefined && target.kind === "table";
      return {
        kind: "update",
        at,
        with: commonTables(statement.with, false),
        table: writtenTable(target, reads),
        ...(isOne ? {} : { isTargetInFrom: true as const }),
        assignments: assignments.filter((each) => each.target.kind === "column").map(assignment),
        from: isOne ? [] : [fromItem(reads)],
        ...rowsTail(statement),
      };
    }
    case "delete": {
      const { targets, from } = statement;
      const [target] = targets;
      const reads = from ?? target;
      const isOne = reads === undefined || (reads.kind === "table" && (from === undefined || target === from));
      return {
        kind: "delete",
        at,
        with: commonTables(statement.with, false),
        table: writtenTable(target ?? NOWHERE, reads),
        ...(isOne ? {} : { isTargetInFrom: true as const }),
        from: isOne ? [] : [fromItem(reads)],
        ...rowsTail(statement),
      };
    }
    case "merge":
      return {
        kind: "other query",
        at,
        parts: [
          toExpression(statement.on, select),
          ...statement.branches.flatMap(({ assignments, values }) => [
            ...assignments.map(({ value }) => toExpression(value, select)),
            ...values.map((value) => toExpression(value, select)),
          ]),
        ],
      };
  }
}

const NOWHERE: Read.TableExpr = { kind: "variable", name: "", start: 0, end: 0 };

function rowsTail(
  statement: Extract<Read.DataStatement, { kind: "update" | "delete" }>,
): Pick<Extract<QueryTree, { kind: "update" }>, "where" | "orderBy" | "limit" | "returning"> {
  const { where, limit: limits, top, orderBy, returning } = statement;
  const limit = top ?? limits[0];
  return {
    ...(where ? { where: toExpression(where, select) } : {}),
    orderBy: order(orderBy),
    ...(limit ? { limit: toExpression(limit, select) } : {}),
    returning: items(returning),
  };
}

/** `INSERT … SET a = 1` is one row. */
const oneRow = (assignments: readonly Read.Assignment[], at: number): SelectQuery => ({
  kind: "select",
  at,
  with: [],
  body: { kind: "values", at, rows: [assignments.map(({ value }) => toExpression(value, select))] },
  orderBy: [],
});

const columnOf = ({ target }: Read.Assignment): string => (target.kind === "column" ? (target.parts.at(-1) ?? "") : "");

const assignment = (each: Read.Assignment): Assignment => ({
  column: columnOf(each),
  at: each.target.start,
  value: toExpression(each.value, select),
});

/** The table that is written, found by its alias among those that are read. */
function writtenTable(target: Read.TableExpr, reads?: Read.TableExpr): FromTable {
  const tables = reads ? tablesOf(reads) : [];
  if (target.kind === "join") return tablesOf(target)[0] ?? writtenTable(NOWHERE);
  if (target.kind !== "table") return { kind: "table", at: target.start, name: "", hints: [], sampled: false };
  const own = fromTable(target);
  const goesBy = own.name.toLowerCase();
  return tables.find(({ alias, name }) => (alias ?? name).toLowerCase() === goesBy) ?? own;
}

function tablesOf(table: Read.TableExpr): readonly FromTable[] {
  if (table.kind === "table") return [fromTable(table)];
  return table.kind === "join" ? [...tablesOf(table.left), ...tablesOf(table.right)] : [];
}

function select(query: Read.Query): SelectQuery {
  const { body, orderBy, limit: limits, offset, locking, start } = query;
  if (body.kind === "nested" && orderBy.length === 0 && limits.length === 0 && query.with.length === 0) {
    return select(body.query);
  }
  const top = body.kind === "select" ? body.top : undefined;
  const limit = top ?? limits.find((each) => each !== offset);
  return {
    kind: "select",
    at: start,
    with: commonTables(query.with, query.isRecursive),
    body: bodyOf(body),
    orderBy: order(orderBy),
    ...(limit ? { limit: toExpression(limit, select) } : {}),
    ...(offset ? { offset: toExpression(offset, select) } : {}),
    ...(locking ? { locking: { at: start, ...locking } } : {}),
  };
}

/** A part of a set operation is a query of its own. */
const part = (body: Read.Body): SelectQuery =>
  body.kind === "nested"
    ? select(body.query)
    : { kind: "select", at: body.start, with: [], body: bodyOf(body), orderBy: [] };

function bodyOf(body: Read.Body): QueryBody {
  const at = body.start;
  switch (body.kind) {
    case "select":
      return {
        kind: "block",
        at,
        distinct: body.distinct ? "all" : false,
        items: items(body.items.filter(({ assigns }) => assigns === undefined)),
        from: body.from ? fromList(body.from) : [],
        ...(body.where ? { where: toExpression(body.where, select) } : {}),
        groupBy: body.groupBy.map((value) => toExpression(value, select)),
        ...(body.having ? { having: toExpression(body.having, select) } : {}),
      };
    case "set":
      return {
        kind: "set",
        at,
        operator: body.operator,
        all: body.all,
        ...(body.isDistinctSaid ? { isDistinctSaid: true } : {}),
        left: part(body.left),
        right: part(body.right),
      };
    case "values":
      return { kind: "values", at, rows: body.rows.map((row) => row.map((value) => toExpression(value, select))) };
    case "whole table":
      return {
        kind: "block",
        at,
        distinct: false,
        items: [{ value: { kind: "star", at, qualifier: [] } }],
        from: [fromTable({ kind: "table", name: body.name, columns: [], hints: [], start: at, end: body.end })],
        groupBy: [],
      };
    case "nested": {
      const query = select(body.query);
      return {
        kind: "block",
        at,
        distinct: false,
        items: [{ value: { kind: "star", at, qualifier: [] } }],
        from: [{ kind: "subquery", at, query, lateral: false }],
        groupBy: [],
      };
    }
  }
}

const items = (list: readonly Read.Item[]): readonly SelectItem[] =>
  list.map(({ alias, value }) => ({
    ...(alias === undefined ? {} : { alias }),
    value: toExpression(value, select),
  }));

const order = (list: readonly Read.OrderItem[]): readonly OrderItem[] =>
  list.map(({ value, descending }) => ({ value: toExpression(value, select), descending }));

const commonTables = (list: readonly Read.Cte[], isRecursive: boolean): readonly CommonTable[] =>
  list.map(({ name, start, columns, query }) => ({
    name,
    at: start,
    ...(columns.length > 0 ? { columns } : {}),
    // T-SQL has no word for it: one that reads itself is recursive.
    recursive: isRecursive || readsItself(query, name),
    query: select(query),
  }));

function readsItself({ body }: Read.Query, name: string): boolean {
  const inTable = (table: Read.TableExpr | undefined): boolean => {
    if (table?.kind === "join") return inTable(table.left) || inTable(table.right);
    return table?.kind === "table" && table.name.length === 1 && table.name[0]?.toLowerCase() === name.toLowerCase();
  };
  const inBody = (one: Read.Body): boolean => {
    if (one.kind === "set") return inBody(one.left) || inBody(one.right);
    if (one.kind === "nested") return inBody(one.query.body);
    return one.kind === "select" && inTable(one.from);
  };
  return inBody(body);
}

/** Tables with commas between them stand beside each other, as they do in PostgreSQL's tree. */
function fromList(table: Read.TableExpr): readonly FromItem[] {
  const isPlainComma = table.kind === "join" && table.isComma && !table.on;
  return isPlainComma ? [...fromList(table.left), ...fromList(table.right)] : [fromItem(table)];
}

const JOINS = {
  inner: "inner",
  left: "left",
  right: "right",
  full: "full",
  cross: "cross",
  "cross apply": "cross",
  "outer apply": "left",
} as const;

function fromItem(table: Read.TableExpr): FromItem {
  const at = table.start;
  switch (table.kind) {
    case "table":
      return fromTable(table);
    case "derived":
      return {
        kind: "subquery",
        at,
        query: select(table.query),
        ...(table.alias === undefined ? {} : { alias: table.alias }),
        ...(table.columns.length > 0 ? { columns: table.columns } : {}),
        lateral: table.isLateral,
      };
    case "join": {
      const isApply = table.how === "cross apply" || table.how === "outer apply";
      const right = fromItem(table.right);
      return {
        kind: "join",
        at: table.right.start,
        type: JOINS[table.how],
        natural: table.isNatural,
        left: fromItem(table.left),
        right: isApply && right.kind === "subquery" ? { ...right, lateral: true } : right,
        ...(table.using ? { using: table.using } : {}),
        ...(table.on ? { on: toExpression(table.on, select) } : {}),
      };
    }
    case "function":
    case "variable":
    case "pivot": {
      const parts = table.kind === "function" ? table.args.map((arg) => toExpression(arg, select)) : [];
      return {
        kind: "function",
        at,
        call: { kind: "other", at, what: table.kind, parts },
        ...(table.alias === undefined ? {} : { alias: table.alias }),
        lateral: false,
      };
    }
  }
}

function fromTable({ name, alias, columns, hints, start }: Extract<Read.TableExpr, { kind: "table" }>): FromTable {
  const schema = name.at(-2);
  return {
    kind: "table",
    at: start,
    ...(schema === undefined || schema === "" ? {} : { schema }),
    name: name.at(-1) ?? "",
    ...(alias === undefined ? {} : { alias }),
    ...(columns.length > 0 ? { columns } : {}),
    hints,
    sampled: false,
  };
}
