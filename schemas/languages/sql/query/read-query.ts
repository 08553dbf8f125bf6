import type { Body, Cte, Expr, Item, OrderItem, Query, Select } from "./ast.ts";
import type { QueryReader } from "./query-reader.ts";
import { readExpr, readNames, readOrderBy, readWindow } from "./read-parts.ts";
import { readFrom } from "./read-from.ts";

/** `[WITH …] SELECT … [UNION …] [ORDER BY …] [LIMIT …]`. */
export function readQuery(reader: QueryReader): Query {
  return reader.nested(() => {
    const first = reader.at;
    const { ctes, isRecursive } = readCtes(reader);
    const body = readBody(reader, 0);
    return { with: ctes, isRecursive, body, ...readTail(reader), ...reader.spanFrom(first) };
  });
}

export function readCtes(reader: QueryReader): { readonly ctes: readonly Cte[]; readonly isRecursive: boolean } {
  if (!reader.take("WITH")) return { ctes: [], isRecursive: false };
  if (reader.is("XMLNAMESPACES")) {
    reader.next();
    reader.skipParens();
    if (!reader.take(",")) return { ctes: [], isRecursive: false };
  }
  const isRecursive = reader.take("RECURSIVE");
  const ctes = reader.list((): Cte => {
    const first = reader.at;
    const name = reader.name();
    const columns = reader.is("(") ? readNames(reader) : [];
    reader.expect("AS");
    reader.expect("(");
    const query = readQuery(reader);
    reader.expect(")");
    if (reader.is("CYCLE")) {
      while (!reader.isAtEnd && !reader.take("RESTRICT")) reader.next();
    }
    return { name, columns, query, ...reader.spanFrom(first) };
  });
  return { ctes, isRecursive };
}

type Tail = Pick<Query, "orderBy" | "limit" | "offset" | "options" | "locksRows" | "locking" | "writes">;

/** Everything behind the body. */
function readTail(reader: QueryReader): Tail {
  let orderBy: OrderItem[] = [];
  const limit: Expr[] = [];
  const options: string[] = [];
  let locking: Query["locking"];
  let offset: Expr | undefined;
  let writes = false;
  for (;;) {
    if (reader.take("ORDER", "BY")) orderBy = readOrderBy(reader);
    else if (reader.grammar === "mysql" && reader.take("LIMIT")) {
      const first = readExpr(reader);
      limit.push(first);
      const isComma = reader.is(",");
      if (reader.take(",") || reader.take("OFFSET")) {
        const second = readExpr(reader);
        limit.push(second);
        offset = isComma ? first : second;
      }
      if (reader.take("ROWS", "EXAMINED")) readExpr(reader);
    } else if (reader.take("OFFSET")) {
      offset = readExpr(reader);
      limit.push(offset);
      if (!reader.take("ROWS")) reader.take("ROW");
    } else if (reader.is("FETCH") && ["FIRST", "NEXT"].includes(reader.peek(1).key)) {
      reader.at += 2;
      if (!reader.is("ROW") && !reader.is("ROWS")) limit.push(readExpr(reader));
      if (!reader.take("ROWS")) reader.expect("ROW");
      if (!reader.take("ONLY")) reader.expect("WITH", "TIES");
    } else if (reader.grammar === "mysql" && reader.take("LOCK", "IN", "SHARE", "MODE"))
      locking = { strength: "share", wait: "wait" };
    else if (reader.grammar === "mysql" && reader.is("FOR") && ["UPDATE", "SHARE"].includes(reader.peek(1).key)) {
      const strength = reader.peek(1).key === "UPDATE" ? "update" : "share";
      reader.at += 2;
      if (reader.take("OF")) reader.list(() => reader.name());
      locking = { strength, wait: readWait(reader) };
    } else if (reader.grammar === "mysql" && reader.is("INTO")) {
      writes = true;
      reader.next();
      while (!reader.isAtEnd && !reader.is(")") && !reader.is(";") && !reader.is("FROM")) reader.next();
    } else if (reader.grammar === "mssql" && reader.is("FOR") && FOR_WORDS.has(reader.peek(1).key))
      readForClause(reader);
    else if (reader.grammar === "mssql" && reader.take("OPTION")) options.push(...readOptions(reader));
    else {
      const found = { orderBy, limit, options, locksRows: locking !== undefined, writes };
      return { ...found, ...(offset ? { offset } : {}), ...(locking ? { locking } : {}) };
    }
  }
}

function readWait(reader: QueryReader): "wait" | "nowait" | "skip locked" {
  if (reader.take("NOWAIT")) return "nowait";
  if (reader.take("SKIP", "LOCKED")) return "skip locked";
  if (reader.take("WAIT")) reader.next();
  return "wait";
}

const FOR_WORDS: ReadonlySet<string> = new Set(["XML", "JSON", "BROWSE"]);

/** Second words of its options. */
const FOR_OPTIONS: ReadonlySet<string> = new Set(["ABSENT", "BASE64", "XSINIL"]);

/** `FOR XML PATH('row'), ROOT('rows')`. What stands behind it is no part of it: T-SQL ends statements without a sign. */
function readForClause(reader: QueryReader): void {
  reader.next();
  const isBare = reader.is("BROWSE");
  reader.next();
  if (isBare) return;
  do {
    reader.next();
    if (FOR_OPTIONS.has(reader.key)) reader.next();
    reader.skipParens();
  } while (reader.take(","));
}

function readOptions(reader: QueryReader): string[] {
  reader.expect("(");
  const options: string[] = [];
  do {
    const first = reader.at;
    while (!reader.isAtEnd && !reader.is(",") && !reader.is(")")) if (!reader.skipParens()) reader.next();
    options.push(reader.textFrom(first).toUpperCase());
  } while (reader.take(","));
  reader.expect(")");
  return options;
}

/** INTERSECT binds more than UNION and EXCEPT. */
function readBody(reader: QueryReader, least: number): Body {
  const first = reader.at;
  let left = readTerm(reader);
  for (;;) {
    const operator = SET_OPERATORS[reader.key];
    const strength = operator === "intersect" ? 2 : 1;
    if (operator === undefined || strength <= least) return left;
    reader.next();
    const all = reader.take("ALL");
    const isDistinct = !all && reader.take("DISTINCT");
    const right = readBody(reader, strength);
    left = {
      kind: "set",
      operator,
      all,
      ...(isDistinct ? { isDistinctSaid: true } : {}),
      left,
      right,
      ...reader.spanFrom(first),
    };
  }
}

const SET_OPERATORS: Readonly<Record<string, "union" | "except" | "intersect">> = {
  UNION: "union",
  EXCEPT: "except",
  MINUS: "except",
  INTERSECT: "intersect",
};

function readTerm(reader: QueryReader): Body {
  const first = reader.at;
  if (reader.is("(")) {
    reader.next();
    const query = readQuery(reader);
    reader.expect(")");
    return { kind: "nested", query, ...reader.spanFrom(first) };
  }
  if (reader.take("VALUES")) {
    const rows = reader.list(() => {
      reader.take("ROW");
      reader.expect("(");
      const row = reader.is(")") ? [] : reader.list(() => readExpr(reader));
      reader.expect(")");
      return row;
    });
    return { kind: "values", rows, ...reader.spanFrom(first) };
  }
  if (reader.grammar === "mysql" && reader.take("TABLE")) {
    const name = reader.qualified();
    return { kind: "whole table", name, ...reader.spanFrom(first) };
  }
  return readSelect(reader);
}

function readSelect(reader: QueryReader): Select {
  const first = reader.at;
  reader.expect("SELECT");
  let distinct = false;
  for (;;) {
    if (reader.take("DISTINCT") || reader.take("DISTINCTROW")) distinct = true;
    else if (reader.is("ALL") || SELECT_WORDS.has(reader.key)) reader.next();
    else break;
  }
  const top = reader.grammar === "mssql" && reader.take("TOP") ? readTop(reader) : undefined;
  const items = reader.list(() => readItem(reader));
  let into: string[] | undefined;
  let writes = false;
  if (reader.take("INTO")) {
    writes = reader.grammar === "mysql";
    if (!writes) into = reader.qualified();
    else while (!reader.isAtEnd && !reader.is("FROM") && !reader.is(")")) reader.next();
  }
  const from = reader.take("FROM") ? readFrom(reader) : undefined;
  const where = reader.take("WHERE") ? readExpr(reader) : undefined;
  const groupBy = reader.take("GROUP", "BY") ? readGroupBy(reader) : [];
  const having = reader.take("HAVING") ? readExpr(reader) : undefined;
  const windows = reader.take("WINDOW")
    ? reader.list(() => {
        const name = reader.name();
        reader.expect("AS");
        return { name, spec: readWindow(reader) };
      })
    : [];
  return {
    kind: "select",
    distinct,
    items,
    groupBy,
    windows,
    ...(top ? { top } : {}),
    ...(into ? { into } : {}),
    ...(writes ? { writes: true } : {}),
    ...(from ? { from } : {}),
    ...(where ? { where } : {}),
    ...(having ? { having } : {}),
    ...reader.spanFrom(first),
  };
}

const SELECT_WORDS: ReadonlySet<string> = new Set(
  `HIGH_PRIORITY STRAIGHT_JOIN SQL_SMALL_RESULT SQL_BIG_RESULT SQL_BUFFER_RESULT SQL_NO_CACHE SQL_CACHE
  SQL_CALC_FOUND_ROWS`.split(/\s+/),
);

export function readTop(reader: QueryReader): Expr {
  const isEnclosed = reader.take("(");
  const value = isEnclosed ? readExpr(reader) : readExpr(reader, 13);
  if (isEnclosed) reader.expect(")");
  reader.take("PERCENT");
  reader.take("WITH", "TIES");
  return value;
}

export function readItem(reader: QueryReader): Item {
  const first = reader.at;
  const { kind, value: own } = reader.peek();
  const equals = reader.grammar === "mssql" ? reader.peek(1).key : "";
  if (kind === "variable" && ASSIGNMENTS.has(equals)) {
    reader.at += 2;
    return { value: readExpr(reader), assigns: own, text: "" };
  }
  if (
    (kind === "word" || kind === "name" || kind === "string") &&
    equals === "=" &&
    (kind !== "word" || reader.isName)
  ) {
    // `name = expression` names a column in T-SQL.
    reader.at += 2;
    const aliasSpan = reader.spanFrom(first);
    return { value: readExpr(reader), alias: own, aliasSpan, text: own };
  }
  const value = readExpr(reader);
  const text = reader.textFrom(first);
  const at = reader.at;
  const hasAs = reader.take("AS");
  const token = reader.peek();
  const isAlias =
    (token.kind === "string" && (hasAs || value.kind !== "literal")) ||
    (hasAs ? token.kind === "word" || token.kind === "name" : reader.isName && !NO_ALIAS.has(token.key));
  if (hasAs && !isAlias) reader.fail("expected a name");
  if (!isAlias) return { value, text };
  reader.next();
  return { value, text, alias: token.value, aliasSpan: reader.spanFrom(hasAs ? at + 1 : at) };
}

const ASSIGNMENTS: ReadonlySet<string> = new Set(["=", "+=", "-=", "*=", "/="]);
/** Words that are names elsewhere and end a select list. */
const NO_ALIAS: ReadonlySet<string> = new Set(["OFFSET", "MINUS", "LOCK"]);

function readGroupBy(reader: QueryReader): Expr[] {
  const items = reader.list((): Expr[] => readGroupItem(reader)).flat();
  if (reader.take("WITH")) {
    if (!reader.take("ROLLUP")) reader.expect("CUBE");
  }
  return items;
}

/** ROLLUP, CUBE and GROUPING SETS of T-SQL group by all that stands in them. */
function readGroupItem(reader: QueryReader): Expr[] {
  if (reader.take("GROUPING", "SETS")) return readGroupList(reader);
  if ((reader.is("ROLLUP") || reader.is("CUBE")) && reader.peek(1).key === "(") {
    reader.next();
    return readGroupList(reader);
  }
  if (reader.is("(", ")")) {
    reader.at += 2;
    return [];
  }
  const value = readExpr(reader);
  if (!reader.take("DESC")) reader.take("ASC");
  return [value];
}

function readGroupList(reader: QueryReader): Expr[] {
  reader.expect("(");
  const items = reader.list(() => readGroupItem(reader)).flat();
  reader.expect(")");
  return items;
}
