import type { Assignment, DataStatement, Expr, Item, OrderItem, Query, Span, TableExpr } from "./ast.ts";
import type { QueryReader } from "./query-reader.ts";
import { readExpr, readOrderBy, startsQuery } from "./read-parts.ts";
import { readFrom } from "./read-from.ts";
import { readCtes, readItem, readQuery, readTop } from "./read-query.ts";

type NamedColumn = { readonly name: string; readonly span: Span };

export function readInsert(reader: QueryReader): DataStatement {
  const first = reader.at;
  const { ctes } = readCtes(reader);
  reader.next();
  skipWords(reader, INSERT_WORDS);
  if (reader.grammar === "mssql" && reader.take("TOP")) readTop(reader);
  reader.take("INTO");
  const table = readTarget(reader);
  const columns = reader.is("(") && !startsQuery(reader) ? readColumns(reader) : [];
  const returned = readOutput(reader);
  let query: Query | null = null;
  let assignments: readonly Assignment[] = [];
  if (reader.grammar === "mysql" && reader.take("SET")) assignments = readAssignments(reader);
  else if (reader.take("DEFAULT", "VALUES")) query = null;
  else if (reader.is("EXEC") || reader.is("EXECUTE")) while (!reader.isAtEnd && !reader.is(";")) reader.next();
  else if (reader.is("VALUE") || reader.is("VALUES")) query = readRows(reader);
  else query = readQuery(reader);
  if (reader.grammar === "mysql" && reader.take("AS")) {
    reader.name();
    if (reader.is("(")) reader.skipParens();
  }
  const onDuplicate = reader.take("ON") ? readOnDuplicate(reader) : [];
  const returning = [...returned, ...readReturning(reader)];
  return {
    kind: "insert",
    with: ctes,
    table,
    columns,
    query,
    assignments,
    onDuplicate,
    returning,
    ...reader.spanFrom(first),
  };
}

const INSERT_WORDS: ReadonlySet<string> = new Set(["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE"]);
const UPDATE_WORDS: ReadonlySet<string> = new Set(["LOW_PRIORITY", "IGNORE", "QUICK"]);

function skipWords(reader: QueryReader, words: ReadonlySet<string>): void {
  while (reader.grammar === "mysql" && words.has(reader.key)) reader.next();
}

function readRows(reader: QueryReader): Query {
  const first = reader.at;
  reader.next();
  const rows = reader.list(() => {
    reader.take("ROW");
    reader.expect("(");
    const row = reader.is(")") ? [] : reader.list(() => readExpr(reader));
    reader.expect(")");
    return row;
  });
  const span = reader.spanFrom(first);
  const none = { with: [], isRecursive: false, orderBy: [], limit: [], options: [], locksRows: false, writes: false };
  return { ...none, body: { kind: "values", rows, ...span }, ...span };
}

function readOnDuplicate(reader: QueryReader): readonly Assignment[] {
  reader.expect("DUPLICATE", "KEY", "UPDATE");
  return readAssignments(reader);
}

function readColumns(reader: QueryReader): NamedColumn[] {
  reader.expect("(");
  if (reader.take(")")) return [];
  const columns = reader.list(() => {
    const first = reader.at;
    const name = reader.qualified().at(-1) ?? "";
    return { name, span: reader.spanFrom(first) };
  });
  reader.expect(")");
  return columns;
}

/** A table that is written to, with an alias and hints. */
function readTarget(reader: QueryReader): TableExpr {
  const first = reader.at;
  if (reader.peek().kind === "variable") {
    const { value } = reader.next();
    return { kind: "variable", name: value, ...reader.spanFrom(first) };
  }
  const name = reader.qualified();
  const hints: string[] = [];
  if (reader.is("WITH", "(")) {
    reader.next();
    hints.push(reader.peek(1).key);
    reader.skipParens();
  }
  if (reader.grammar === "mysql" && reader.is("PARTITION", "(")) {
    reader.next();
    reader.skipParens();
  }
  return { kind: "table", name, columns: [], hints, ...reader.spanFrom(first) };
}

function readAssignments(reader: QueryReader): Assignment[] {
  return reader.list(() => {
    const first = reader.at;
    const token = reader.peek();
    let target: Expr;
    if (token.kind === "variable") {
      reader.next();
      target = { kind: "variable", name: token.value, ...reader.spanFrom(first) };
      // `@old = column = value`
      if (reader.take("=") && reader.isName && reader.peek(1).key === "=") return readAssignment(reader, reader.at);
      return { target, value: readExpr(reader) };
    }
    return readAssignment(reader, first);
  });
}

function readAssignment(reader: QueryReader, first: number): Assignment {
  const parts = reader.qualified();
  if (reader.is("(")) {
    // A method of a large value: SET body.WRITE(…).
    reader.skipParens();
    const target: Expr = { kind: "column", parts: parts.slice(0, -1), ...reader.spanFrom(first) };
    return { target, value: { kind: "word", word: "WRITE", ...reader.spanFrom(first) } };
  }
  const target: Expr = { kind: "column", parts, ...reader.spanFrom(first) };
  const isCompound = reader.peek().key.length === 2 && reader.peek().key.endsWith("=");
  if (isCompound) reader.next();
  else if (!reader.take(":=")) reader.expect("=");
  return { target, value: readExpr(reader) };
}

interface RowsTail {
  readonly where?: Expr;
  readonly orderBy: readonly OrderItem[];
  readonly limit: readonly Expr[];
  readonly returning: readonly Item[];
}

function readRowsTail(reader: QueryReader): RowsTail {
  let where: Expr | undefined;
  if (reader.take("WHERE")) {
    if (reader.is("CURRENT", "OF")) {
      const first = reader.at;
      while (!reader.isAtEnd && !reader.is(";")) reader.next();
      where = { kind: "word", word: "CURRENT OF", ...reader.spanFrom(first) };
    } else where = readExpr(reader);
  }
  const orderBy = reader.take("ORDER", "BY") ? readOrderBy(reader) : [];
  const limit = reader.grammar === "mysql" && reader.take("LIMIT") ? [readExpr(reader)] : [];
  const returning = readReturning(reader);
  if (reader.grammar === "mssql" && reader.take("OPTION")) reader.skipParens();
  return { orderBy, limit, returning, ...(where ? { where } : {}) };
}

export function readUpdate(reader: QueryReader): DataStatement {
  const first = reader.at;
  const { ctes } = readCtes(reader);
  reader.expect("UPDATE");
  skipWords(reader, UPDATE_WORDS);
  const top = reader.grammar === "mssql" && reader.take("TOP") ? readTop(reader) : undefined;
  const target = reader.grammar === "mysql" ? readFrom(reader) : readTarget(reader);
  reader.expect("SET");
  const assignments = readAssignments(reader);
  const returned = readOutput(reader);
  const from = reader.grammar === "mssql" && reader.take("FROM") ? readFrom(reader) : undefined;
  const tail = readRowsTail(reader);
  return {
    kind: "update",
    with: ctes,
    target,
    assignments,
    ...(from ? { from } : {}),
    ...(top ? { top } : {}),
    ...tail,
    returning: [...returned, ...tail.returning],
    ...reader.spanFrom(first),
  };
}

export function readDelete(reader: QueryReader): DataStatement {
  const first = reader.at;
  const { ctes } = readCtes(reader);
  reader.expect("DELETE");
  skipWords(reader, UPDATE_WORDS);
  const top = reader.grammar === "mssql" && reader.take("TOP") ? readTop(reader) : undefined;
  let targets: readonly TableExpr[];
  let from: TableExpr | undefined;
  if (reader.grammar === "mssql") {
    reader.take("FROM");
    targets = [readTarget(reader)];
  } else if (reader.take("FROM")) {
    const start = reader.at;
    const list = reader.list(() => readDeleted(reader));
    if (reader.take("USING")) {
      targets = list;
      from = readFrom(reader);
    } else {
      reader.at = start;
      from = readFrom(reader);
      targets = [from];
    }
  } else {
    targets = reader.list(() => readDeleted(reader));
    reader.expect("FROM");
    from = readFrom(reader);
  }
  const returned = readOutput(reader);
  if (reader.grammar === "mssql" && reader.take("FROM")) from = readFrom(reader);
  const tail = readRowsTail(reader);
  return {
    kind: "delete",
    with: ctes,
    targets,
    ...(from ? { from } : {}),
    ...(top ? { top } : {}),
    ...tail,
    returning: [...returned, ...tail.returning],
    ...reader.spanFrom(first),
  };
}

/** `DELETE o.* FROM …`, `DELETE o FROM …`. */
function readDeleted(reader: QueryReader): TableExpr {
  const first = reader.at;
  const name = [reader.name()];
  while (reader.take(".")) {
    if (reader.take("*")) break;
    name.push(reader.partAfterDot());
  }
  return { kind: "table", name, columns: [], hints: [], ...reader.spanFrom(first) };
}

export function readMerge(reader: QueryReader): DataStatement {
  const first = reader.at;
  const { ctes } = readCtes(reader);
  reader.expect("MERGE");
  if (reader.take("TOP")) readTop(reader);
  reader.take("INTO");
  const target = readMergeTable(reader);
  reader.expect("USING");
  const source = readMergeTable(reader);
  reader.expect("ON");
  const on = readExpr(reader);
  const branches = [];
  while (reader.take("WHEN")) {
    reader.take("NOT");
    reader.expect("MATCHED");
    if (reader.take("BY") && !reader.take("TARGET")) reader.expect("SOURCE");
    const condition = reader.take("AND") ? readExpr(reader) : undefined;
    reader.expect("THEN");
    branches.push({ ...readMergeAction(reader), ...(condition ? { condition } : {}) });
  }
  if (branches.length === 0) reader.fail("expected WHEN");
  const returning = readOutput(reader);
  if (reader.take("OPTION")) reader.skipParens();
  return { kind: "merge", with: ctes, target, source, on, branches, returning, ...reader.spanFrom(first) };
}

/** One table of a MERGE: a join would take its ON. */
function readMergeTable(reader: QueryReader): TableExpr {
  return readFrom(reader);
}

function readMergeAction(reader: QueryReader) {
  if (reader.take("DELETE")) return { assignments: [], columns: [], values: [] };
  if (reader.take("UPDATE")) {
    reader.expect("SET");
    return { assignments: readAssignments(reader), columns: [], values: [] };
  }
  reader.expect("INSERT");
  const columns = reader.is("(") ? readColumns(reader) : [];
  if (reader.take("DEFAULT", "VALUES")) return { assignments: [], columns, values: [] };
  reader.expect("VALUES");
  reader.expect("(");
  const values = reader.list(() => readExpr(reader));
  reader.expect(")");
  return { assignments: [], columns, values };
}

/** OUTPUT of T-SQL: its columns are those of `inserted` and `deleted`. */
function readOutput(reader: QueryReader): readonly Item[] {
  if (reader.grammar !== "mssql" || !reader.take("OUTPUT")) return [];
  const items = reader.list(() => readItem(reader));
  if (reader.take("INTO")) {
    readTarget(reader);
    if (reader.is("(") && !startsQuery(reader)) readColumns(reader);
  }
  return items;
}

function readReturning(reader: QueryReader): readonly Item[] {
  return reader.grammar === "mysql" && reader.take("RETURNING") ? reader.list(() => readItem(reader)) : [];
}
