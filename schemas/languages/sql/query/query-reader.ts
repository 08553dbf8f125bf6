import type { Expr, Grammar, Query, Span } from "./ast.ts";
import { queryTokens, type QueryToken } from "./query-tokens.ts";

/** Why a query could not be read; caught where its reading begins. */
export class QueryReadError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = "QueryReadError";
    this.offset = offset;
  }
}

/** Deeper nesting is refused instead of exhausting the stack. */
const DEEPEST = 150;

/** Readers that need each other: expressions hold queries, and queries expressions. */
export interface QueryParts {
  expr(reader: QueryReader, least: number): Expr;
  query(reader: QueryReader): Query;
}

/** Moves over the tokens of one statement. */
export class QueryReader {
  at = 0;
  readonly text: string;
  readonly grammar: Grammar;
  readonly parts: QueryParts;
  readonly tokens: readonly QueryToken[];
  readonly #end: QueryToken;
  #depth = 0;

  constructor(text: string, grammar: Grammar, parts: QueryParts) {
    this.parts = parts;
    this.text = text;
    this.grammar = grammar;
    this.tokens = queryTokens(text, grammar);
    const last = this.tokens.at(-1)?.end ?? 0;
    this.#end = { kind: "end", key: "", value: "", start: last, end: last };
  }

  peek(ahead = 0): QueryToken {
    return this.tokens[this.at + ahead] ?? this.#end;
  }
  get key(): string {
    return this.peek().key;
  }
  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }
  is(...keys: readonly string[]): boolean {
    return keys.every((key, index) => this.peek(index).key === key);
  }
  isOneOf(keys: ReadonlySet<string>): boolean {
    return keys.has(this.key);
  }
  take(...keys: readonly string[]): boolean {
    if (!this.is(...keys)) return false;
    this.at += keys.length;
    return true;
  }
  expect(...keys: readonly string[]): void {
    if (!this.take(...keys)) this.fail(`expected ${keys.join(" ")}`);
  }
  next(): QueryToken {
    if (this.isAtEnd) this.fail("the query ends too early");
    const token = this.peek();
    this.at++;
    return token;
  }
  fail(message: string): never {
    const { start, value } = this.peek();
    throw new QueryReadError(this.isAtEnd ? `${message} at the end` : `${message} near "${value.slice(0, 40)}"`, start);
  }
  /** The span from a token up to the one before the current. */
  spanFrom(first: number): Span {
    const start = this.tokens[first]?.start ?? this.#end.start;
    return { start, end: Math.max(start, this.tokens[this.at - 1]?.end ?? start) };
  }
  textFrom(first: number): string {
    const { start, end } = this.spanFrom(first);
    return this.text.slice(start, end);
  }
  nested<T>(read: () => T): T {
    if (this.#depth >= DEEPEST) this.fail("the query is nested too deeply");
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
  /** Passes a group in parentheses whatever is in it. */
  skipParens(): boolean {
    if (!this.is("(")) return false;
    let depth = 0;
    while (!this.isAtEnd) {
      const { key } = this.next();
      if (key === "(") depth++;
      else if (key === ")" && --depth === 0) return true;
    }
    return this.fail("a parenthesis is not closed");
  }
  /** A list with commas; at least one. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.take(",")) items.push(read());
    return items;
  }
  /** Whether a name is next; a bare word that the grammar reserves is none. */
  get isName(): boolean {
    const { kind, key, value } = this.peek();
    if (kind === "name") return true;
    return kind === "word" && !RESERVED.has(key) && value !== "";
  }
  name(): string {
    if (!this.isName) this.fail("expected a name");
    return this.next().value;
  }
  /** A part behind a dot may be any word. */
  partAfterDot(): string {
    const { kind } = this.peek();
    if (kind !== "word" && kind !== "name") this.fail("expected a name");
    return this.next().value;
  }
  qualified(): string[] {
    const parts = [this.name()];
    while (this.is(".")) {
      this.next();
      // `database..table`
      if (this.is(".")) {
        parts.push("");
        continue;
      }
      parts.push(this.partAfterDot());
    }
    return parts;
  }
}

/** Words that are no names in either dialect: the reserved ones that queries use. */
export const RESERVED: ReadonlySet<string> = new Set(
  `ALL AND APPLY AS ASC BETWEEN BY CASE CROSS DELETE DESC DISTINCT ELSE EXCEPT EXISTS FETCH FOR FROM FULL GROUP HAVING IN
  INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LIMIT NATURAL NOT NULL ON OPTION OR ORDER OUTER PIVOT PROCEDURE
  RETURNING RIGHT RLIKE REGEXP SELECT SET STRAIGHT_JOIN THEN TOP UNION UNPIVOT UPDATE USING VALUES WHEN WHERE WINDOW WITH
  XOR DIV MERGE CREATE DROP ALTER TABLESAMPLE WITHIN GO`.split(/\s+/),
);
