import type { JoinExpr, SelectStmt, SortBy, WindowDef } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { printInline } from "./print-sql.ts";

/** One step of a query in words; `depth` is how deep it stands in subqueries, from 0. */
export interface QueryStep {
  readonly depth: number;
  readonly text: string;
}

/**
 * What a query does, step by step, from its syntax tree: every table, join, condition, group, window, sort key, limit,
 * subquery and set operation is named. Nothing is left to guess: what has no words of its own stands as SQL.
 */
export function queryInWords(statement: Node): readonly QueryStep[] {
  return "SelectStmt" in statement ? selectSteps(statement.SelectStmt, 0) : [];
}

function selectSteps(select: SelectStmt, depth: number): QueryStep[] {
  const steps: QueryStep[] = [];
  const say = (text: string): void => void steps.push({ depth, text });
  for (const cte of select.withClause?.ctes ?? []) {
    if (!("CommonTableExpr" in cte)) continue;
    const { ctename = "", ctequery, aliascolnames } = cte.CommonTableExpr;
    const isRecursive = select.withClause?.recursive === true && namesItself(ctename, ctequery);
    const columns = aliascolnames ? ` (${aliascolnames.map(nameOf).join(", ")})` : "";
    say(`${isRecursive ? "Repeatedly works out" : "First works out"} ${ctename}${columns}:`);
    if (ctequery && "SelectStmt" in ctequery) steps.push(...selectSteps(ctequery.SelectStmt, depth + 1));
  }
  if (select.op !== undefined && select.op !== "SETOP_NONE") steps.push(...setSteps(select, depth));
  else steps.push(...coreSteps(select, depth));
  if (select.sortClause) say(`Sorts by ${select.sortClause.map(sortKey).join(", then ")}.`);
  if (select.limitOffset) say(`Skips the first ${printInline(select.limitOffset)} rows.`);
  if (select.limitCount) {
    const ties = select.limitOption === "LIMIT_OPTION_WITH_TIES" ? ", and those equal to the last" : "";
    say(`Keeps ${isNull(select.limitCount) ? "all rows" : `at most ${printInline(select.limitCount)} rows`}${ties}.`);
  }
  for (const lock of select.lockingClause ?? []) say(`Locks the rows it reads (${printInline(lock)}).`);
  return steps;
}

const SET_WORDS = {
  SETOP_UNION: "Takes the rows of either",
  SETOP_INTERSECT: "Takes the rows that are in both",
  SETOP_EXCEPT: "Takes the rows of the first that are not in the second",
};

function setSteps({ op, all, larg, rarg }: SelectStmt, depth: number): QueryStep[] {
  const words = op === undefined || op === "SETOP_NONE" ? "" : SET_WORDS[op];
  const kind = op?.replace("SETOP_", "") ?? "";
  return [
    {
      depth,
      text: `${words} of two queries (${kind}${all ? " ALL" : ""}), ${all ? "with repetitions" : "each row once"}:`,
    },
    ...(larg ? selectSteps(larg, depth + 1) : []),
    { depth, text: "and" },
    ...(rarg ? selectSteps(rarg, depth + 1) : []),
  ];
}

function coreSteps(select: SelectStmt, depth: number): QueryStep[] {
  const steps: QueryStep[] = [];
  const say = (text: string): void => void steps.push({ depth, text });
  const inner = (node: Node | undefined): void => {
    if (node) steps.push(...subqueries(node, depth + 1));
  };
  for (const list of select.valuesLists ?? []) say(`Gives the row ${printInline(list)}.`);
  for (const [at, item] of (select.fromClause ?? []).entries()) {
    steps.push(...fromSteps(item, depth, at === 0 ? "Reads" : "Combines every row with"));
  }
  for (const condition of conjuncts(select.whereClause)) {
    say(`Keeps rows where ${printInline(condition)}.`);
    inner(condition);
  }
  if (select.groupClause) {
    const keys = select.groupClause.map(printInline).join(", ");
    say(`Makes one group for each ${keys}${select.groupDistinct ? ", each group once" : ""}.`);
  }
  for (const condition of conjuncts(select.havingClause)) {
    say(`Keeps groups where ${printInline(condition)}.`);
    inner(condition);
  }
  for (const named of select.windowClause ?? [])
    if ("WindowDef" in named) say(`Window ${windowWords(named.WindowDef)}.`);
  for (const call of windowCalls(select.targetList ?? [])) say(call);
  const items = (select.targetList ?? []).map(targetWords);
  if (items.length > 0) say(`Shows ${items.join(", ")}.`);
  for (const target of select.targetList ?? []) inner(target);
  const distinct = select.distinctClause;
  if (distinct) {
    const keys = distinct.flatMap((key) => (Object.keys(key).length > 0 ? [printInline(key)] : []));
    say(keys.length > 0 ? `Keeps the first row for each ${keys.join(", ")}.` : "Shows each row once.");
  }
  if (select.intoClause) say("Writes the rows into a new table.");
  return steps;
}

const JOIN_WORDS: Readonly<Record<string, string>> = {
  JOIN_INNER: "Joins",
  JOIN_LEFT: "Joins, and keeps rows without a match (left join),",
  JOIN_RIGHT: "Joins, and keeps its rows without a match (right join),",
  JOIN_FULL: "Joins, and keeps the rows of both sides without a match (full join),",
};

function fromSteps(item: Node, depth: number, verb: string): QueryStep[] {
  if ("JoinExpr" in item) {
    const join = item.JoinExpr;
    const left = join.larg ? fromSteps(join.larg, depth, verb) : [];
    const right = join.rarg ? fromSteps(join.rarg, depth, joinVerb(join)) : [];
    const [first, ...rest] = right;
    const condition = joinCondition(join);
    const told = first ? [{ ...first, text: first.text.replace(/([.:])$/, `${condition}$1`) }] : [];
    return [...left, ...told, ...rest, ...(join.quals ? subqueries(join.quals, depth + 1) : [])];
  }
  if ("RangeVar" in item) {
    const { schemaname, relname = "", alias } = item.RangeVar;
    const name = schemaname === undefined ? relname : `${schemaname}.${relname}`;
    return [{ depth, text: `${verb} ${name}${asWords(alias?.aliasname, relname)}.` }];
  }
  if ("RangeSubselect" in item) {
    const { subquery, alias, lateral } = item.RangeSubselect;
    const text = `${verb} the rows of a subquery${lateral ? " that is run for each row" : ""}${asWords(alias?.aliasname)}:`;
    const steps = subquery && "SelectStmt" in subquery ? selectSteps(subquery.SelectStmt, depth + 1) : [];
    return [{ depth, text }, ...steps];
  }
  return [{ depth, text: `${verb} ${printInline(item)}.` }];
}

function joinVerb({ jointype = "JOIN_INNER", quals, usingClause, isNatural }: JoinExpr): string {
  const hasCondition = quals !== undefined || usingClause !== undefined || isNatural === true;
  return hasCondition ? (JOIN_WORDS[jointype] ?? "Joins") : "Combines every row with";
}

function joinCondition({ quals, usingClause, isNatural }: JoinExpr): string {
  if (usingClause) return ` where both have the same ${usingClause.map(nameOf).join(", ")}`;
  if (isNatural) return " where all columns of the same name are equal";
  return quals ? ` where ${printInline(quals)}` : "";
}

/** Subqueries of an expression, not those inside them. */
function subqueries(node: Node, depth: number): QueryStep[] {
  const steps: QueryStep[] = [];
  walk(node, {
    SubLink: ({ subselect }) => {
      if (subselect && "SelectStmt" in subselect) {
        steps.push({ depth: depth - 1, text: "The subquery in it:" }, ...selectSteps(subselect.SelectStmt, depth));
      }
      return false;
    },
  });
  return steps;
}

function windowCalls(targets: readonly Node[]): string[] {
  const found: string[] = [];
  for (const target of targets) {
    walk(target, {
      SubLink: () => false,
      FuncCall: (call) => {
        if (!call.over) return;
        const { over: _over, ...bare } = call;
        found.push(`Works out ${printInline({ FuncCall: bare })} for each row over ${windowWords(call.over)}.`);
      },
    });
  }
  return found;
}

function windowWords({ name, refname, partitionClause, orderClause }: WindowDef): string {
  const parts = [
    ...(name === undefined ? [] : [name]),
    ...(refname === undefined ? [] : [`the window ${refname}`]),
    partitionClause ? `the rows with the same ${partitionClause.map(printInline).join(", ")}` : "all rows",
    ...(orderClause ? [`in the order of ${orderClause.map(sortKey).join(", then ")}`] : []),
  ];
  return name !== undefined && !partitionClause && !orderClause ? name : parts.join(", ");
}

function targetWords(target: Node): string {
  if (!("ResTarget" in target)) return printInline(target);
  const { name, val } = target.ResTarget;
  const text = val ? printInline(val) : "";
  return name === undefined ? text : `${text} as ${name}`;
}

function sortKey(node: Node): string {
  if (!("SortBy" in node)) return printInline(node);
  const { node: key, sortby_dir, sortby_nulls }: SortBy = node.SortBy;
  const nulls = sortby_nulls === "SORTBY_NULLS_LAST" ? ", without a value last" : "";
  const first = sortby_nulls === "SORTBY_NULLS_FIRST" ? ", without a value first" : "";
  return `${key ? printInline(key) : ""} ${sortby_dir === "SORTBY_DESC" ? "from high to low" : "from low to high"}${nulls}${first}`;
}

/** The parts of a condition that must all hold. */
export function conjuncts(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  if ("BoolExpr" in node && node.BoolExpr.boolop === "AND_EXPR") return (node.BoolExpr.args ?? []).flatMap(conjuncts);
  return [node];
}

function namesItself(name: string, query: Node | undefined): boolean {
  let found = false;
  if (query) walk(query, { RangeVar: ({ relname }) => void (found ||= relname === name) });
  return found;
}

const isNull = (node: Node): boolean => "A_Const" in node && node.A_Const.isnull === true;

function nameOf(node: Node): string {
  return "String" in node ? (node.String.sval ?? "") : "";
}

function asWords(alias: string | undefined, name?: string): string {
  return alias === undefined || alias === name ? "" : ` (called ${alias})`;
}
