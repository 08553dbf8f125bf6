import type { FuncCall, RangeVar, SelectStmt } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { DataType, SchemaModel, Table } from "#schemas/model.ts";
import { allOf, columnOf, compare, conjuncts, operatorOf, qualifierOf, string } from "./nodes.ts";
import { tableRead, type Rewrite } from "./rewrite.ts";

/** Aggregates that give NULL for no rows, which is what a row without a partner has. */
const EMPTY_IS_NULL: ReadonlySet<string> = new Set(["sum", "min", "max", "avg", "bool_and", "bool_or", "every"]);

/** `(SELECT max(x) FROM o WHERE o.c = c.id)` in the list runs once a row; grouped, it runs once. */
export const joinForSubquery: Rewrite = {
  id: "join-for-subquery",
  title: "A join to grouped rows in place of a subquery in the list: it runs once, not once a row.",
  apply: (select, model) => {
    const [from, ...others] = select.fromClause ?? [];
    if (!from || others.length > 0 || select.op !== "SETOP_NONE" || select.groupClause || select.havingClause)
      return false;
    // `*` would show the columns of the groups too.
    if (select.targetList?.some(isBareStar)) return false;
    let joined: Node = from;
    const targets = (select.targetList ?? []).map((target): Node => {
      if (!("ResTarget" in target) || !target.ResTarget.val) return target;
      const grouped = groupedOf(target.ResTarget.val, model);
      if (!grouped || !isOfOneType(grouped, from, model)) return target;
      const alias = `by_key_${String(countJoins(joined) + 1)}`;
      joined = leftJoin(joined, grouped, alias);
      const value: Node = { ColumnRef: { fields: [string(alias), string("value")] } };
      const val = grouped.isCount ? orZero(value) : value;
      return { ResTarget: { ...target.ResTarget, name: target.ResTarget.name ?? grouped.name, val } };
    });
    if (joined === from) return false;
    select.fromClause = [joined];
    select.targetList = targets;
    return true;
  },
};

interface Grouped {
  readonly query: SelectStmt;
  readonly keyType: string;
  /** Column of the outer query that the key is compared with. */
  readonly outer: Node;
  readonly isCount: boolean;
  /** What the column is called without an alias of its own. */
  readonly name: string;
}

/**
 * Groups are made by the key's own idea of equal and joined by that of both sides: they agree for one type, and for
 * whole numbers of any size. Otherwise one row could meet two groups.
 */
function isOfOneType({ keyType, outer }: Grouped, from: Node, model: SchemaModel): boolean {
  const types = new Set<string>();
  const qualifier = qualifierOf(outer);
  walk(from, {
    RangeVar: (range) => {
      if ((range.alias?.aliasname ?? range.relname) !== qualifier) return;
      const type = tableRead(model, range)?.columns.find(({ name }) => name === columnOf(outer))?.type;
      types.add(type ? comparedAs(type) : "");
    },
  });
  return types.size === 1 && types.has(keyType);
}

/** Without the length, which no comparison minds. */
const comparedAs = ({ family, raw }: DataType): string => (family === "integer" ? family : (raw.split("(")[0] ?? raw));

function groupedOf(value: Node, model: SchemaModel): Grouped | null {
  if (!("SubLink" in value) || value.SubLink.subLinkType !== "EXPR_SUBLINK") return null;
  const { subselect } = value.SubLink;
  const query = subselect && "SelectStmt" in subselect ? subselect.SelectStmt : null;
  if (!query || !isOneAggregateOfOneTable(query)) return null;
  const [from] = query.fromClause ?? [];
  const range = from && "RangeVar" in from ? from.RangeVar : null;
  const table = range && tableRead(model, range);
  const [target] = query.targetList ?? [];
  const call = target && "ResTarget" in target && target.ResTarget.val ? aggregateOf(target.ResTarget.val) : null;
  if (!range || !table || !call) return null;
  const own = { table, name: range.alias?.aliasname ?? range.relname ?? "" };
  const links = conjuncts(query.whereClause).map((condition) => ({ condition, link: linkOf(condition, own) }));
  const outside = links.filter(({ link }) => link !== null);
  const [only, ...more] = outside;
  const rest = links.flatMap(({ condition, link }) => (link === null ? [condition] : []));
  if (!only?.link || more.length > 0) return null;
  const aggregate: Node = { FuncCall: call.call };
  if (![...rest, aggregate].every((node) => staysInside(node, own))) return null;
  const column = table.columns.find(({ name }) => name === columnOf(only.link?.key));
  const keyType = column ? comparedAs(column.type) : "";
  return { ...only.link, keyType, query: grouped({ query, range, rest, key: only.link.key, aggregate }), ...call };
}

const isBareStar = (target: Node): boolean => {
  const value = "ResTarget" in target ? target.ResTarget.val : undefined;
  const [first] = value && "ColumnRef" in value ? (value.ColumnRef.fields ?? []) : [];
  return first !== undefined && "A_Star" in first;
};

const isOneAggregateOfOneTable = (query: SelectStmt): boolean =>
  query.op === "SETOP_NONE" &&
  query.fromClause?.length === 1 &&
  query.targetList?.length === 1 &&
  [
    query.groupClause,
    query.havingClause,
    query.distinctClause,
    query.sortClause,
    query.limitCount,
    query.limitOffset,
    query.withClause,
    query.lockingClause,
  ].every((clause) => clause === undefined);

function aggregateOf(
  value: Node,
): { readonly call: FuncCall; readonly isCount: boolean; readonly name: string } | null {
  if (!("FuncCall" in value) || value.FuncCall.over || value.FuncCall.agg_order) return null;
  const [only, ...more] = value.FuncCall.funcname ?? [];
  const name = only && "String" in only && more.length === 0 ? (only.String.sval ?? "") : "";
  return name === "count" || EMPTY_IS_NULL.has(name) ? { call: value.FuncCall, isCount: name === "count", name } : null;
}

interface Own {
  readonly table: Table;
  /** The table as the subquery calls it. */
  readonly name: string;
}

/** A column of the subquery's table: called so, or without a qualifier and there. */
const isOwn = (node: Node, { table, name }: Own): boolean => {
  const qualifier = qualifierOf(node);
  const column = columnOf(node);
  return qualifier === name || (qualifier === null && table.columns.some((one) => one.name === column));
};

/** `o.customer_id = c.id`: the key inside, and what it is compared with outside. */
function linkOf(condition: Node, own: Own): { readonly key: Node; readonly outer: Node } | null {
  if (!("A_Expr" in condition) || operatorOf(condition.A_Expr) !== "=") return null;
  const { lexpr, rexpr } = condition.A_Expr;
  if (!lexpr || !rexpr || columnOf(lexpr) === null || columnOf(rexpr) === null) return null;
  const [left, right] = [isOwn(lexpr, own), isOwn(rexpr, own)];
  if (left === right) return null;
  const [key, outer] = left ? [lexpr, rexpr] : [rexpr, lexpr];
  // Without its table a name could mean another one once it stands in the outer query.
  return qualifierOf(outer) === null ? null : { key, outer };
}

/** Whether a part reads of the subquery's table only, and asks nobody else. */
function staysInside(node: Node, own: Own): boolean {
  let stays = true;
  walk(node, {
    ColumnRef: (reference) => void (stays &&= isOwn({ ColumnRef: reference }, own)),
    SubLink: () => void (stays = false),
  });
  return stays;
}

function grouped({
  query,
  range,
  rest,
  key,
  aggregate,
}: {
  readonly query: SelectStmt;
  readonly range: RangeVar;
  readonly rest: readonly Node[];
  readonly key: Node;
  readonly aggregate: Node;
}): SelectStmt {
  const { whereClause: _, ...bare } = query;
  const where = allOf(rest);
  return {
    ...bare,
    fromClause: [{ RangeVar: range }],
    targetList: [{ ResTarget: { name: "key", val: key } }, { ResTarget: { name: "value", val: aggregate } }],
    ...(where ? { whereClause: where } : {}),
    groupClause: [key],
  };
}

function leftJoin(left: Node, { query, outer }: Grouped, alias: string): Node {
  const key: Node = { ColumnRef: { fields: [string(alias), string("key")] } };
  return {
    JoinExpr: {
      jointype: "JOIN_LEFT",
      larg: left,
      rarg: { RangeSubselect: { subquery: { SelectStmt: query }, alias: { aliasname: alias } } },
      quals: compare("=", key, outer),
    },
  };
}

const orZero = (value: Node): Node => ({
  CoalesceExpr: { args: [value, { A_Const: { ival: { ival: 0 } } }] },
});

function countJoins(node: Node): number {
  return "JoinExpr" in node && node.JoinExpr.larg ? 1 + countJoins(node.JoinExpr.larg) : 0;
}
