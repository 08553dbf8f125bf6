import type {
  CommonTableExpr,
  DeleteStmt,
  InsertStmt,
  JoinExpr,
  RangeVar,
  ResTarget,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from "libpg-query";
import type {
  Assignment,
  CommonTable,
  FromItem,
  FromTable,
  Join,
  Locking,
  QueryBody,
  QueryTree,
  SelectItem,
  SelectQuery,
} from "../query-tree.ts";
import type { Node } from "./ast.ts";
import type { ParseTree } from "./parse.ts";
import { expressionReader, strings, type ReadExpression } from "./read-expression.ts";
import { statementKind } from "./statement-kind.ts";
import { readToken, type Token } from "./tokens.ts";

/** Reads one parsed statement as a query; null when it is none, such as CREATE TABLE. `sql` is the text it was parsed from. */
export function readQuery(tree: ParseTree, sql: string): QueryTree | null {
  const node = statementKind(tree)?.node;
  return node ? queryReader(sql).statement(node) : null;
}

/** The parser counts bytes of UTF-8, from the start of the text; a place that it does not know is the start. */
function offsets(sql: string): (location: number | undefined) => number {
  const bytes = new TextEncoder().encode(sql);
  if (bytes.length === sql.length) return (location) => Math.max(0, location ?? 0);
  const decoder = new TextDecoder();
  return (location) => decoder.decode(bytes.subarray(0, Math.max(0, location ?? 0))).length;
}

function queryReader(sql: string) {
  const at = offsets(sql);
  const saysDistinct = distinctReader(sql);
  const read: ReadExpression = expressionReader(at, select);
  const { expression, expressions, partsOf } = read;

  function statement(node: Node): QueryTree | null {
    if ("SelectStmt" in node) return node.SelectStmt.intoClause ? null : select(node.SelectStmt);
    if ("InsertStmt" in node) return insert(node.InsertStmt);
    if ("UpdateStmt" in node) return update(node.UpdateStmt);
    if ("DeleteStmt" in node) return remove(node.DeleteStmt);
    if ("MergeStmt" in node) return { kind: "other query", at: 0, parts: partsOf(node.MergeStmt) };
    return null;
  }

  function select(stmt: SelectStmt): SelectQuery {
    const locking = lockingOf(stmt.lockingClause);
    const limit = stmt.limitCount && expression(stmt.limitCount);
    const offset = stmt.limitOffset && expression(stmt.limitOffset);
    // LIMIT ALL is a NULL.
    const isBound = limit !== undefined && !(limit.kind === "literal" && limit.type === "null");
    return {
      kind: "select",
      at: startOf(stmt),
      with: commonTables(stmt.withClause),
      body: bodyOf(stmt),
      orderBy: orderOf(stmt.sortClause),
      ...(isBound ? { limit } : {}),
      ...(offset ? { offset } : {}),
      ...(locking ? { locking } : {}),
    };
  }

  function bodyOf(stmt: SelectStmt): QueryBody {
    const { op, larg, rarg, valuesLists } = stmt;
    const start = startOf(stmt);
    if (larg && rarg) {
      const operators = { SETOP_UNION: "union", SETOP_INTERSECT: "intersect", SETOP_EXCEPT: "except" } as const;
      const operator = op === undefined || op === "SETOP_NONE" ? "union" : operators[op];
      const right = select(rarg);
      const isSaid = stmt.all !== true && saysDistinct(right.at);
      const all = { all: stmt.all === true, ...(isSaid ? { isDistinctSaid: true as const } : {}) };
      return { kind: "set", at: start, operator, ...all, left: select(larg), right };
    }
    if (valuesLists) {
      const rows = valuesLists.map((row) => ("List" in row ? expressions(row.List.items) : []));
      return { kind: "values", at: start, rows };
    }
    const { distinctClause, whereClause, havingClause } = stmt;
    return {
      kind: "block",
      at: start,
      distinct: distinctOf(distinctClause),
      items: items(stmt.targetList),
      from: (stmt.fromClause ?? []).flatMap(fromItem),
      ...(whereClause ? { where: expression(whereClause) } : {}),
      groupBy: expressions(stmt.groupClause),
      ...(havingClause ? { having: expression(havingClause) } : {}),
    };
  }

  function startOf({ targetList, larg }: SelectStmt): number {
    const [first] = targetList ?? [];
    if (first && "ResTarget" in first) return at(first.ResTarget.location);
    return larg ? startOf(larg) : 0;
  }

  function items(nodes: readonly Node[] | undefined): readonly SelectItem[] {
    return (nodes ?? []).flatMap((node) => {
      if (!("ResTarget" in node) || !node.ResTarget.val) return [];
      const { name, val } = node.ResTarget;
      return [{ ...(name === undefined ? {} : { alias: name }), value: expression(val) }];
    });
  }

  function orderOf(nodes: readonly Node[] | undefined): SelectQuery["orderBy"] {
    return (nodes ?? []).flatMap((node) => {
      if (!("SortBy" in node) || !node.SortBy.node) return [];
      const { sortby_dir, sortby_nulls } = node.SortBy;
      const nulls =
        sortby_nulls === "SORTBY_NULLS_FIRST" || sortby_nulls === "SORTBY_NULLS_LAST"
          ? { nullsFirst: sortby_nulls === "SORTBY_NULLS_FIRST" }
          : {};
      return [{ value: expression(node.SortBy.node), descending: sortby_dir === "SORTBY_DESC", ...nulls }];
    });
  }

  function commonTables(clause: WithClause | undefined): readonly CommonTable[] {
    return (clause?.ctes ?? []).flatMap((node) =>
      "CommonTableExpr" in node ? commonTable(node.CommonTableExpr, clause?.recursive === true) : [],
    );
  }

  function commonTable(table: CommonTableExpr, recursive: boolean): readonly CommonTable[] {
    const query = table.ctequery && statement(table.ctequery);
    if (!query) return [];
    const { ctename: name = "", ctematerialized: how, aliascolnames, location } = table;
    const isSaid = how === "CTEMaterializeAlways" || how === "CTEMaterializeNever";
    return [
      {
        name,
        at: at(location),
        ...(aliascolnames ? { columns: strings(aliascolnames) } : {}),
        recursive,
        ...(isSaid ? { materialized: how === "CTEMaterializeAlways" } : {}),
        query,
      },
    ];
  }

  function fromItem(node: Node): readonly FromItem[] {
    if ("RangeVar" in node) return [table(node.RangeVar)];
    if ("JoinExpr" in node) return join(node.JoinExpr);
    if ("RangeTableSample" in node) {
      const { relation } = node.RangeTableSample;
      return relation && "RangeVar" in relation ? [{ ...table(relation.RangeVar), sampled: true }] : [];
    }
    if ("RangeSubselect" in node) {
      const { subquery, alias, lateral } = node.RangeSubselect;
      if (!subquery || !("SelectStmt" in subquery)) return [];
      const query = select(subquery.SelectStmt);
      return [{ kind: "subquery", at: query.at, query, ...aliasOf(alias), lateral: lateral === true }];
    }
    const [body] = Object.values(node);
    const alias = "RangeFunction" in node ? node.RangeFunction.alias : undefined;
    const lateral = "RangeFunction" in node && node.RangeFunction.lateral === true;
    const [call, ...others] = partsOf(body);
    if (!call) return [];
    const whole =
      others.length === 0 ? call : { kind: "other" as const, at: call.at, what: "rows from", parts: [call, ...others] };
    return [{ kind: "function", at: call.at, call: whole, ...aliasOf(alias), lateral }];
  }

  function table({ schemaname, relname = "", alias, location }: RangeVar): FromTable {
    return {
      kind: "table",
      at: at(location),
      ...(schemaname === undefined ? {} : { schema: schemaname }),
      name: relname,
      ...aliasOf(alias),
      hints: [],
      sampled: false,
    };
  }

  function join({ jointype, larg, rarg, isNatural, usingClause, quals }: JoinExpr): readonly FromItem[] {
    const [left] = larg ? fromItem(larg) : [];
    const [right] = rarg ? fromItem(rarg) : [];
    if (!left || !right) return [...(left ? [left] : []), ...(right ? [right] : [])];
    const types = { JOIN_LEFT: "left", JOIN_RIGHT: "right", JOIN_FULL: "full" } as const;
    const outer =
      jointype === "JOIN_LEFT" || jointype === "JOIN_RIGHT" || jointype === "JOIN_FULL" ? types[jointype] : null;
    // The grammar makes CROSS JOIN an inner join that says nothing else.
    const isCross = outer === null && isNatural !== true && usingClause === undefined && quals === undefined;
    const found: Join = {
      kind: "join",
      at: right.at,
      type: outer ?? (isCross ? "cross" : "inner"),
      natural: isNatural === true,
      left,
      right,
      ...(usingClause ? { using: strings(usingClause) } : {}),
      ...(quals ? { on: expression(quals) } : {}),
    };
    return [found];
  }

  function insert(stmt: InsertStmt): QueryTree {
    const { relation = {}, cols, selectStmt, onConflictClause, returningClause } = stmt;
    const source = selectStmt && "SelectStmt" in selectStmt ? select(selectStmt.SelectStmt) : undefined;
    const columns = cols?.flatMap((node) => ("ResTarget" in node ? [targetName(node.ResTarget)] : []));
    return {
      kind: "insert",
      at: 0,
      with: commonTables(stmt.withClause),
      table: table(relation),
      ...(columns ? { columns } : {}),
      ...(source ? { source } : {}),
      onConflict: assignments(onConflictClause?.targetList),
      returning: items(returningClause?.exprs),
    };
  }

  function update(stmt: UpdateStmt): QueryTree {
    const { relation = {}, targetList, fromClause, whereClause, returningClause } = stmt;
    return {
      kind: "update",
      at: 0,
      with: commonTables(stmt.withClause),
      table: table(relation),
      assignments: assignments(targetList),
      from: (fromClause ?? []).flatMap(fromItem),
      ...(whereClause ? { where: expression(whereClause) } : {}),
      orderBy: [],
      returning: items(returningClause?.exprs),
    };
  }

  function remove(stmt: DeleteStmt): QueryTree {
    const { relation = {}, usingClause, whereClause, returningClause } = stmt;
    return {
      kind: "delete",
      at: 0,
      with: commonTables(stmt.withClause),
      table: table(relation),
      from: (usingClause ?? []).flatMap(fromItem),
      ...(whereClause ? { where: expression(whereClause) } : {}),
      orderBy: [],
      returning: items(returningClause?.exprs),
    };
  }

  function assignments(nodes: readonly Node[] | undefined): readonly Assignment[] {
    return (nodes ?? []).flatMap((node) => {
      if (!("ResTarget" in node) || !node.ResTarget.val) return [];
      const { val, location } = node.ResTarget;
      return [{ column: targetName(node.ResTarget), at: at(location), value: expression(val) }];
    });
  }

  return { statement };
}

/** A column that is written. A part of it, such as `names[1]`, gets its place too: two parts are not the same. */
function targetName({ name = "", indirection, location = 0 }: ResTarget): string {
  return indirection && indirection.length > 0 ? `${name}[${location}]` : name;
}

/**
 * Says whether the set operation in front of a place says DISTINCT: the tree has UNION and UNION DISTINCT as one. Where
 * the place is not known it is taken to.
 */
function distinctReader(sql: string): (right: number) => boolean {
  return (right) => {
    const words: string[] = [];
    const token: Token = { kind: "space", start: 0, end: 0 };
    for (let from = 0; from < right && from < sql.length; from = token.end) {
      readToken(sql, from, token);
      if (token.kind === "word") words.push(sql.slice(token.start, token.end).toLowerCase());
    }
    const last = words.lastIndexOf("union");
    return last < 0 || words[last + 1] === "distinct";
  };
}

/** The parser gives DISTINCT without ON one empty node. */
function distinctOf(nodes: readonly Node[] | undefined): false | "all" | "on" {
  if (nodes === undefined) return false;
  return nodes.some((node) => Object.keys(node).length > 0) ? "on" : "all";
}

function lockingOf(nodes: readonly Node[] | undefined): Locking | undefined {
  const [clause] = (nodes ?? []).flatMap((node) => ("LockingClause" in node ? [node.LockingClause] : []));
  if (!clause) return undefined;
  const { strength, waitPolicy } = clause;
  const isUpdate = strength === "LCS_FORUPDATE" || strength === "LCS_FORNOKEYUPDATE";
  const waits = { LockWaitBlock: "wait", LockWaitSkip: "skip locked", LockWaitError: "nowait" } as const;
  return { at: 0, strength: isUpdate ? "update" : "share", wait: waits[waitPolicy ?? "LockWaitBlock"] };
}

function aliasOf(alias: RangeVar["alias"]): { readonly alias?: string; readonly columns?: readonly string[] } {
  if (!alias) return {};
  const { aliasname, colnames } = alias;
  return {
    ...(aliasname === undefined ? {} : { alias: aliasname }),
    ...(colnames ? { columns: strings(colnames) } : {}),
  };
}
