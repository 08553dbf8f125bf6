import type { SelectStmt, SubLink } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import { joinForSubquery } from "./join-for-subquery.ts";
import { columnOf, compare, exists, one, operatorOf, qualifierOf, string, text } from "./nodes.ts";
import { tableRead, type Rewrite } from "./rewrite.ts";
import { unionForOr } from "./union-for-or.ts";

/** `NOT IN (SELECT …)` cannot be a join; `NOT EXISTS` can, and means the same where no value is missing. */
const notExists: Rewrite = {
  id: "not-exists",
  title: "NOT EXISTS in place of NOT IN: the planner can join it instead of searching a list for each row.",
  apply: (select, model) =>
    eachSelect(select, (inner) =>
      replaceConditions(inner, (condition) => {
        if (!("BoolExpr" in condition) || condition.BoolExpr.boolop !== "NOT_EXPR") return null;
        const [argument] = condition.BoolExpr.args ?? [];
        if (!argument || !("SubLink" in argument) || argument.SubLink.subLinkType !== "ANY_SUBLINK") return null;
        if (argument.SubLink.operName) return null;
        const exists = toExists(argument.SubLink, inner, model);
        return exists && { BoolExpr: { boolop: "NOT_EXPR", args: [exists] } };
      }),
    ),
};

/** `(SELECT count(*) …) > 0` counts all rows to learn that there is one. */
const existsForCount: Rewrite = {
  id: "exists-for-count",
  title: "EXISTS in place of a count above zero: it stops at the first row.",
  apply: (select) =>
    eachSelect(select, (inner) =>
      replaceConditions(inner, (condition) => {
        const link = countAboveZero(condition);
        const query = link?.subselect && "SelectStmt" in link.subselect ? link.subselect.SelectStmt : null;
        // What sorts or cuts the one row of the count would sort or cut the rows that are counted.
        const isCut = query?.limitCount ?? query?.limitOffset ?? query?.sortClause;
        if (!query || isCut || query.groupClause || query.havingClause || query.op !== "SETOP_NONE") return null;
        return exists({ ...query, targetList: [one()] });
      }),
    ),
};

/** DISTINCT over a key sorts or hashes rows that cannot repeat. */
const needlessDistinct: Rewrite = {
  id: "needless-distinct",
  title: "No DISTINCT: the key of the table is listed, so no row can repeat.",
  apply: (select, model) => {
    const [from, ...others] = select.fromClause ?? [];
    const isPlain = select.distinctClause?.length === 1 && Object.keys(select.distinctClause[0] ?? {}).length === 0;
    if (!isPlain || !from || !("RangeVar" in from) || others.length > 0 || select.groupClause) return false;
    const table = tableRead(model, from.RangeVar);
    const shown = new Set(
      (select.targetList ?? []).map((target) => ("ResTarget" in target ? columnOf(target.ResTarget.val) : null)),
    );
    const key = table && keysOf(table).find((columns) => columns.every((column) => shown.has(column)));
    // A function in the list may give several rows for one.
    if (!key || (select.targetList ?? []).some(callsFunction)) return false;
    delete select.distinctClause;
    return true;
  },
};

/** `extract(year FROM day) = 2024` hides the column from its index; a range of days does not. */
const yearAsRange: Rewrite = {
  id: "year-as-range",
  title: "A range of dates in place of a function of the column: an index on it can be used.",
  apply: (select) =>
    eachSelect(select, (inner) =>
      replaceConditions(inner, (condition) => {
        const found = yearOf(condition);
        if (found === null) return null;
        // Two digits would be read as a year of this century.
        const first = (year: number): Node => text(`${String(year).padStart(4, "0")}-01-01`);
        const bound = (operator: string, year: number): Node => compare(operator, found.column, first(year));
        return { BoolExpr: { boolop: "AND_EXPR", args: [bound(">=", found.year), bound("<", found.year + 1)] } };
      }),
    ),
};

/** A join to a parent nothing is read from keeps every row once: the foreign key says so. */
const needlessJoin: Rewrite = {
  id: "needless-join",
  title: "No join to a table that nothing is read from: its foreign key already says that the row exists.",
  apply: (select, model) => {
    const [from, ...others] = select.fromClause ?? [];
    if (!from || !("JoinExpr" in from) || others.length > 0) return false;
    const { larg, rarg, quals, jointype, alias } = from.JoinExpr;
    if (jointype !== "JOIN_INNER" || alias || !larg || !rarg || !("RangeVar" in rarg) || !quals) return false;
    const parent = tableRead(model, rarg.RangeVar);
    const name = rarg.RangeVar.alias?.aliasname ?? rarg.RangeVar.relname ?? "";
    // A policy may hide the row that the foreign key proves.
    if (!parent || parent.rowSecurity || !joinsByKey(quals, { left: larg, parent, name, model })) return false;
    const rest: Node = { SelectStmt: { ...select, fromClause: [larg] } };
    if (readsFrom(rest, name)) return false;
    select.fromClause = [larg];
    return true;
  },
};

function callsFunction(node: Node): boolean {
  let calls = false;
  walk(node, { FuncCall: ({ over }) => void (calls ||= over === undefined), SubLink: () => false });
  return calls;
}

/** Every rewrite, in the order in which they are tried. */
export const rewrites: readonly Rewrite[] = [
  notExists,
  existsForCount,
  needlessDistinct,
  needlessJoin,
  yearAsRange,
  unionForOr,
  joinForSubquery,
];

/** Applies a change to the query and to every query inside it. */
function eachSelect(select: SelectStmt, change: (inner: SelectStmt) => boolean): boolean {
  let changed = false;
  walk({ SelectStmt: select }, { SelectStmt: (inner) => void (changed = change(inner) || changed) });
  return changed;
}

/** Replaces conditions of WHERE that must all hold; `by` gives null for those that stay. */
function replaceConditions(select: SelectStmt, by: (condition: Node) => Node | null): boolean {
  const { whereClause } = select;
  if (whereClause === undefined) return false;
  const isAnd = "BoolExpr" in whereClause && whereClause.BoolExpr.boolop === "AND_EXPR";
  const conditions = isAnd ? (whereClause.BoolExpr.args ?? []) : [whereClause];
  const replaced = conditions.map((condition) => by(condition) ?? condition);
  if (replaced.every((condition, at) => condition === conditions[at])) return false;
  const [only, ...more] = replaced;
  if (only) select.whereClause = more.length === 0 ? only : { BoolExpr: { boolop: "AND_EXPR", args: replaced } };
  return true;
}

/** Null when a value may be missing on either side: then NOT IN and NOT EXISTS differ. */
function toExists({ testexpr, subselect }: SubLink, outer: SelectStmt, model: SchemaModel): Node | null {
  const query = subselect && "SelectStmt" in subselect ? subselect.SelectStmt : null;
  const [target, ...more] = query?.targetList ?? [];
  const value = target && "ResTarget" in target ? target.ResTarget.val : undefined;
  if (!query || !testexpr || !value || more.length > 0 || query.op !== "SETOP_NONE") return null;
  if (query.groupClause || query.limitCount || query.distinctClause || query.withClause) return null;
  const inside = fieldOf(value, query, model);
  const outside = fieldOf(testexpr, outer, model);
  if (!inside || !outside || inside.nullable || outside.nullable || inside.name === outside.name) return null;
  const link = compare("=", inside.node, outside.node);
  const whereClause: Node = query.whereClause
    ? { BoolExpr: { boolop: "AND_EXPR", args: [query.whereClause, link] } }
    : link;
  return exists({ ...query, targetList: [one()], whereClause });
}

interface FoundField {
  /** Qualified, so that it means the same inside another query. */
  readonly node: Node;
  /** Of the table as the query calls it. */
  readonly name: string;
  readonly nullable: boolean;
}

/** The column of a query with one table that an expression is. */
function fieldOf(node: Node, { fromClause }: SelectStmt, model: SchemaModel): FoundField | null {
  const [from, ...others] = fromClause ?? [];
  const column = columnOf(node);
  if (!column || !from || !("RangeVar" in from) || others.length > 0) return null;
  const { relname = "", alias } = from.RangeVar;
  const found = tableRead(model, from.RangeVar)?.columns.find(({ name }) => name === column);
  const name = alias?.aliasname ?? relname;
  // A qualifier of another table means a column of the query around this one.
  if (!found || (qualifierOf(node) ?? name) !== name) return null;
  return { node: { ColumnRef: { fields: [string(name), string(column)] } }, name, nullable: found.nullable };
}

function countAboveZero(condition: Node): SubLink | null {
  if (!("A_Expr" in condition) || operatorOf(condition.A_Expr) !== ">") return null;
  const { lexpr, rexpr } = condition.A_Expr;
  const isZero =
    rexpr && "A_Const" in rexpr && rexpr.A_Const.ival !== undefined && (rexpr.A_Const.ival.ival ?? 0) === 0;
  if (!isZero || !lexpr || !("SubLink" in lexpr) || lexpr.SubLink.subLinkType !== "EXPR_SUBLINK") return null;
  const query = lexpr.SubLink.subselect;
  const [target] = query && "SelectStmt" in query ? (query.SelectStmt.targetList ?? []) : [];
  const call = target && "ResTarget" in target ? target.ResTarget.val : undefined;
  return call &&
    "FuncCall" in call &&
    call.FuncCall.agg_star === true &&
    !call.FuncCall.agg_filter &&
    !call.FuncCall.over
    ? lexpr.SubLink
    : null;
}

/** Later years have five digits. */
const LAST_YEAR = 9999;

function yearOf(condition: Node): { readonly column: Node; readonly year: number } | null {
  if (!("A_Expr" in condition) || operatorOf(condition.A_Expr) !== "=") return null;
  const { lexpr, rexpr } = condition.A_Expr;
  const year = rexpr && "A_Const" in rexpr ? rexpr.A_Const.ival?.ival : undefined;
  if (!lexpr || !("FuncCall" in lexpr) || year === undefined || year < 1 || year >= LAST_YEAR) return null;
  const name = (lexpr.FuncCall.funcname ?? []).map((part) => ("String" in part ? part.String.sval : "")).at(-1);
  const [unit, column] = lexpr.FuncCall.args ?? [];
  const isYear = unit && "A_Const" in unit && unit.A_Const.sval?.sval === "year";
  return (name === "extract" || name === "date_part") && isYear && column && "ColumnRef" in column
    ? { column, year }
    : null;
}

/** `child.parent_id = parent.id` over a foreign key that is never empty. */
function joinsByKey(
  quals: Node,
  {
    left,
    parent,
    name,
    model,
  }: { readonly left: Node; readonly parent: Table; readonly name: string; readonly model: SchemaModel },
): boolean {
  if (!("A_Expr" in quals) || operatorOf(quals.A_Expr) !== "=" || !("RangeVar" in left)) return false;
  const child = tableRead(model, left.RangeVar);
  const sides = [quals.A_Expr.lexpr, quals.A_Expr.rexpr];
  const own = sides.find((side) => qualifierOf(side) === name);
  const other = sides.find((side) => side !== own);
  const [target, source] = [columnOf(own), columnOf(other)];
  return (child?.constraints ?? []).some(
    (one) =>
      one.kind === "foreign key" &&
      one.validated &&
      one.enforced !== false &&
      one.references.table === parent.id &&
      one.columns.join() === source &&
      one.references.columns.join() === target &&
      child?.columns.find((column) => column.name === source)?.nullable === false,
  );
}

/** True when a column is read of what is called so, or might be: unqualified names and `*` count. */
function readsFrom(node: Node, name: string): boolean {
  let reads = false;
  walk(node, {
    ColumnRef: (reference) => {
      const qualifier = qualifierOf({ ColumnRef: reference });
      reads ||= qualifier === null || qualifier === name;
    },
  });
  return reads;
}

function keysOf(table: Table): (readonly string[])[] {
  const isThere = (column: string): boolean => table.columns.find(({ name }) => name === column)?.nullable === false;
  return table.constraints.flatMap((one) => {
    if (one.kind === "primary key") return [one.columns];
    return one.kind === "unique" && one.columns.length > 0 && one.columns.every(isThere) ? [one.columns] : [];
  });
}
