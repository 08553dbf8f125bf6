import type { SelectStmt } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { allOf, conjuncts, qualifierOf } from "./nodes.ts";
import type { Rewrite } from "./rewrite.ts";

/**
 * An OR over several tables can only be judged after they were joined. Each side by itself can use its own index; the
 * second part leaves out what the first one gave, so that no row comes twice and none is lost.
 */
export const unionForOr: Rewrite = {
  id: "union-for-or",
  title: "UNION ALL in place of OR over several tables: each part can begin with an index of its own.",
  apply: (select) => {
    if (!isPlain(select)) return false;
    const conditions = conjuncts(select.whereClause);
    const at = conditions.findIndex(isOverTables);
    const or = conditions[at];
    if (!or || !("BoolExpr" in or)) return false;
    const [first, ...rest] = or.BoolExpr.args ?? [];
    if (!first || rest.length === 0) return false;
    const others = conditions.filter((_, index) => index !== at);
    const second = rest.length === 1 && rest[0] ? rest[0] : { BoolExpr: { ...or.BoolExpr, args: rest } };
    const notFirst: Node = { BooleanTest: { arg: first, booltesttype: "IS_NOT_TRUE" } };
    const left = withWhere(select, [...others, first]);
    const right = withWhere(select, [...others, second, notFirst]);
    for (const key of Object.keys(select)) Reflect.deleteProperty(select, key);
    Object.assign(select, { op: "SETOP_UNION", all: true, larg: left, rarg: right, limitOption: left.limitOption });
    return true;
  },
};

/** Rows of tables as they are: what sorts, counts or cuts them would have to move to the whole. */
const isPlain = (select: SelectStmt): boolean =>
  select.op === "SETOP_NONE" &&
  select.whereClause !== undefined &&
  [
    select.groupClause,
    select.havingClause,
    select.distinctClause,
    select.sortClause,
    select.limitCount,
    select.limitOffset,
    select.windowClause,
    select.withClause,
    select.lockingClause,
  ].every((clause) => clause === undefined) &&
  !callsFunctions(select.targetList ?? []);

/** A function of the list may be an aggregate or a window, or give another value in each part. */
function callsFunctions(targets: readonly Node[]): boolean {
  let calls = false;
  for (const target of targets)
    walk(target, { FuncCall: () => void (calls = true), SubLink: () => void (calls = true) });
  return calls;
}

/** `a.x = 1 OR b.y = 2`, where nothing else may run differently the second time. */
function isOverTables(condition: Node): boolean {
  if (!("BoolExpr" in condition) || condition.BoolExpr.boolop !== "OR_EXPR" || callsFunctions([condition]))
    return false;
  const tables = (condition.BoolExpr.args ?? []).map((side) => {
    const names = new Set<string | null>();
    walk(side, { ColumnRef: (reference) => void names.add(qualifierOf({ ColumnRef: reference })) });
    return names;
  });
  const all = new Set(tables.flatMap((names) => [...names]));
  return !all.has(null) && all.size > 1 && tables.every((names) => names.size === 1);
}

const withWhere = (select: SelectStmt, conditions: readonly Node[]): SelectStmt => {
  const { whereClause: _, ...rest } = select;
  const whereClause = allOf(conditions);
  return whereClause ? { ...rest, whereClause } : rest;
};
