import type { Alias, JoinExpr, SelectStmt, SortBy, WindowDef } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import { conditionWords, frameWords, groupingWords, workedOut } from "./expression-in-words.ts";
import { printForPeople } from "./print-sql.ts";

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
  const shown = firstTargets(select);
  if (select.sortClause) say(`Sorts by ${select.sortClause.map((key) => sortKey(key, shown)).join(", then ")}.`);
  if (select.limitOffset) say(`Skips the first ${printForPeople(select.limitOffset)} rows.`);
  if (select.limitCount) {
    const ties = select.limitOption === "LIMIT_OPTION_WITH_TIES" ? ", and those equal to the last" : "";
    const count = printForPeople(select.limitCount);
    const rows = isNull(select.limitCount) ? "all rows" : `at most ${count} ${count === "1" ? "row" : "rows"}`;
    say(`Keeps ${rows}${ties}.`);
  }
  for (const node of [...(select.sortClause ?? []), select.limitOffset, select.limitCount])
    if (node) steps.push(...subqueries(node, depth + 1));
  for (const lock of select.lockingClause ?? []) say(`Locks the rows it reads (${printForPeople(lock)}).`);
  return steps;
}

/** What is shown; of a set operation what its first query shows. */
function firstTargets({ op, larg, targetList }: SelectStmt): readonly Node[] {
  return larg && op !== "SETOP_NONE" ? firstTargets(larg) : (targetList ?? []);
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
  for (const list of select.valuesLists ?? []) say(`Gives the row ${printForPeople(list)}.`);
  for (const [at, item] of (select.fromClause ?? []).entries()) {
    steps.push(...fromSteps(item, depth, at === 0 ? "Reads" : "Combines every row with"));
  }
  for (const condition of conjuncts(select.whereClause)) {
    say(`Keeps rows where ${conditionWords(condition)}.`);
    inner(condition);
  }
  if (select.groupClause) {
    const keys = select.groupClause.map((key) => groupKey(key, select.targetList ?? [])).join(", ");
    say(`Makes one group for each ${keys}${select.groupDistinct ? ", each group once" : ""}.`);
  }
  const having = select.havingClause ? [select.havingClause] : [];
  for (const text of workedOut([...(select.targetList ?? []), ...having])) say(text);
  for (const condition of conjuncts(select.havingClause)) {
    say(`Keeps groups where ${conditionWords(condition)}.`);
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
    const keys = distinct.flatMap((key) => (Object.keys(key).length > 0 ? [printForPeople(key)] : []));
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
    const [first, ...rest] = join.rarg ? partnerSteps(join.rarg, depth, joinVerb(join)) : [];
    const condition = joinCondition(join);
    const told = first ? [{ ...first, text: first.text.replace(/([.:])$/, `${condition}$1`) }] : [];
    return [...left, ...told, ...rest, ...(join.quals ? subqueries(join.quals, depth + 1) : [])];
  }
  if ("RangeVar" in item) {
    const { schemaname, relname = "", alias, inh } = item.RangeVar;
    const alone = inh === true ? "" : ", without the tables that inherit from it";
    const name = schemaname === undefined ? relname : `${schemaname}.${relname}`;
    return [{ depth, text: `${verb} ${name}${asWords(alias?.aliasname, relname)}${alone}.` }];
  }
  if ("RangeSubselect" in item) {
    const { subquery, alias, lateral } = item.RangeSubselect;
    const text = `${verb} the rows of a subquery${lateral ? " that is run for each row" : ""}${asWords(alias?.aliasname)}:`;
    const steps = subquery && "SelectStmt" in subquery ? selectSteps(subquery.SelectStmt, depth + 1) : [];
    return [{ depth, text }, ...steps];
  }
  return [{ depth, text: `${verb} ${sourceWords(item)}.` }];
}

/** What is joined. Tables that were joined in parentheses are one partner, and are told as one. */
function partnerSteps(item: Node, depth: number, verb: string): QueryStep[] {
  if (!("JoinExpr" in item)) return fromSteps(item, depth, verb);
  const text = `${verb} the rows of a join${aliasWords(item.JoinExpr.alias)}:`;
  return [{ depth, text }, ...fromSteps(item, depth + 1, "Reads")];
}

/** What is no table and no subquery: the rows of a function, of a document, of a sample. */
function sourceWords(item: Node): string {
  if ("RangeFunction" in item) {
    const { lateral, alias: _alias, ordinality, functions } = item.RangeFunction;
    const calls = (functions ?? []).flatMap((entry) => {
      const [call] = "List" in entry ? (entry.List.items ?? []) : [];
      return call ? [printForPeople(call)] : [];
    });
    const numbered = ordinality ? " with their numbers" : "";
    return `the rows that ${calls.join(" and ")} ${calls.length > 1 ? "give" : "gives"}${numbered}${lateral ? " for each row" : ""}${aliasWords(item.RangeFunction.alias)}`;
  }
  if ("RangeTableSample" in item) {
    const { relation, method, args, repeatable } = item.RangeTableSample;
    const name = relation && "RangeVar" in relation ? (relation.RangeVar.relname ?? "") : "";
    const alias = relation && "RangeVar" in relation ? relation.RangeVar.alias : undefined;
    const how = (method ?? []).map(nameOf).join(".");
    const same = repeatable ? `, the same one each time by ${printForPeople(repeatable)}` : "";
    return `a random sample (${how} ${(args ?? []).map(printForPeople).join(", ")}${same}) of ${name}${aliasWords(alias)}`;
  }
  if ("RangeTableFunc" in item) {
    const { docexpr, alias } = item.RangeTableFunc;
    return `the rows that XMLTABLE makes of ${docexpr ? printForPeople(docexpr) : "XML"}${aliasWords(alias)}`;
  }
  if ("JsonTable" in item) {
    const { context_item, alias } = item.JsonTable;
    const document = context_item?.raw_expr;
    return `the rows that JSON_TABLE makes of ${document ? printForPeople(document) : "JSON"}${aliasWords(alias)}`;
  }
  return printForPeople(item);
}

function aliasWords(alias: Alias | undefined): string {
  if (alias?.aliasname === undefined) return "";
  const columns = (alias.colnames ?? []).map(nameOf);
  return ` (called ${alias.aliasname}${columns.length > 0 ? `, with ${columns.join(", ")}` : ""})`;
}

const isTrue = (node: Node): boolean => "A_Const" in node && node.A_Const.boolval?.boolval === true;

/** `GROUP BY 1` means the first column that is shown. */
function groupKey(node: Node, targets: readonly Node[]): string {
  if ("GroupingSet" in node) return groupingWords(node.GroupingSet);
  return printForPeople(shownAt(node, targets) ?? node);
}

/** The expression of the column whose position a key gives; null for other keys. */
function shownAt(node: Node, targets: readonly Node[]): Node | null {
  const position = "A_Const" in node ? node.A_Const.ival?.ival : undefined;
  const target = position === undefined ? undefined : targets[position - 1];
  return target && "ResTarget" in target ? (target.ResTarget.val ?? null) : null;
}

function joinVerb({ jointype = "JOIN_INNER", quals, usingClause, isNatural }: JoinExpr): string {
  const isLeft = jointype !== "JOIN_INNER";
  const hasCondition =
    (quals !== undefined && (isLeft || !isTrue(quals))) || usingClause !== undefined || isNatural === true;
  return hasCondition ? (JOIN_WORDS[jointype] ?? "Joins") : "Combines every row with";
}

function joinCondition({ quals, usingClause, isNatural }: JoinExpr): string {
  if (usingClause) return ` where both have the same ${usingClause.map(nameOf).join(", ")}`;
  if (isNatural) return " where all columns of the same name are equal";
  return quals && !isTrue(quals) ? ` where ${conjuncts(quals).map(conditionWords).join(" and ")}` : "";
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
        found.push(`Works out ${printForPeople({ FuncCall: bare })} for each row over ${windowWords(call.over)}.`);
      },
    });
  }
  return found;
}

function windowWords(window: WindowDef): string {
  const { name, refname, partitionClause, orderClause } = window;
  const frame = frameWords(window);
  const parts = [
    ...(name === undefined ? [] : [name]),
    ...(refname === undefined ? [] : [`the window ${refname}`]),
    partitionClause ? `the rows with the same ${partitionClause.map(printForPeople).join(", ")}` : "all rows",
    ...(orderClause ? [`in the order of ${orderClause.map((key) => sortKey(key)).join(", then ")}`] : []),
    ...(frame ? [frame] : []),
  ];
  return name !== undefined && !partitionClause && !orderClause ? `the window ${name}` : parts.join(", ");
}

function targetWords(target: Node): string {
  if (!("ResTarget" in target)) return printForPeople(target);
  const { name, val } = target.ResTarget;
  const text = val ? printForPeople(val) : "";
  return name === undefined ? text : `${text} as ${name}`;
}

function sortKey(node: Node, targets: readonly Node[] = []): string {
  if (!("SortBy" in node)) return printForPeople(node);
  const { node: key, sortby_dir, sortby_nulls, useOp }: SortBy = node.SortBy;
  const nulls = sortby_nulls === "SORTBY_NULLS_LAST" ? ", without a value last" : "";
  const first = sortby_nulls === "SORTBY_NULLS_FIRST" ? ", without a value first" : "";
  const shown = key && shownAt(key, targets);
  const operator = (useOp ?? []).map(nameOf).join(".");
  const ways = { SORTBY_DESC: "from high to low", SORTBY_USING: `by the operator ${operator}` };
  const way = sortby_dir === "SORTBY_DESC" || sortby_dir === "SORTBY_USING" ? ways[sortby_dir] : "from low to high";
  return `${key ? printForPeople(shown ?? key) : ""} ${way}${nulls}${first}`;
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
