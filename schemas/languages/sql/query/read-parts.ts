import type { Expr, OrderItem, Query, WindowSpec } from "./ast.ts";
import type { QueryReader } from "./query-reader.ts";

type Node<K extends Expr["kind"]> = Omit<Extract<Expr, { kind: K }>, "start" | "end">;

/** An expression; what reads it knows this file, so it comes by the reader. */
export const readExpr = (reader: QueryReader, least = 0): Expr => reader.parts.expr(reader, least);

/** A query, in the same way. */
export const readQuery = (reader: QueryReader): Query => reader.parts.query(reader);

/** Adds the span from a token on. */
export function node<K extends Expr["kind"]>(reader: QueryReader, first: number, fields: Node<K>): Expr {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The span completes the node; TypeScript does not spread over unions.
  return { ...fields, ...reader.spanFrom(first) } as Expr;
}

export function operator(reader: QueryReader, first: number, name: string, operands: readonly Expr[]): Expr {
  return node<"operator">(reader, first, { kind: "operator", operator: name, operands });
}

export function readOrderBy(reader: QueryReader): OrderItem[] {
  return reader.list(() => {
    const value = readExpr(reader);
    const descending = reader.take("DESC");
    if (!descending) reader.take("ASC");
    return { value, descending };
  });
}

/** Behind OVER: a name, or what stands in parentheses. */
export function readWindow(reader: QueryReader): WindowSpec {
  if (!reader.is("(")) {
    const first = reader.at;
    const name = reader.name();
    return { base: { name, span: reader.spanFrom(first) }, partitionBy: [], orderBy: [] };
  }
  reader.expect("(");
  const first = reader.at;
  const hasBase = reader.isName && !WINDOW_WORDS.has(reader.key);
  const base = hasBase ? { name: reader.name(), span: reader.spanFrom(first) } : undefined;
  const partitionBy = reader.take("PARTITION", "BY") ? reader.list(() => readExpr(reader)) : [];
  const orderBy = reader.take("ORDER", "BY") ? readOrderBy(reader) : [];
  // The frame names no columns of its own but its bounds are literals or parameters.
  while (!reader.is(")") && !reader.isAtEnd) if (!reader.skipParens()) reader.next();
  reader.expect(")");
  return { partitionBy, orderBy, ...(base ? { base } : {}) };
}

const WINDOW_WORDS: ReadonlySet<string> = new Set(["PARTITION", "ROWS", "RANGE", "GROUPS"]);

/** Whether a query begins here, behind any parentheses. */
export function startsQuery(reader: QueryReader): boolean {
  let ahead = 0;
  while (reader.peek(ahead).key === "(") ahead++;
  const { key } = reader.peek(ahead);
  if (key === "VALUES") return reader.grammar === "mysql" && reader.peek(ahead + 1).key !== "(";
  return key === "SELECT" || key === "WITH";
}

export function readNames(reader: QueryReader): string[] {
  reader.expect("(");
  const names = reader.list(() => reader.name());
  reader.expect(")");
  return names;
}
