import type { Lexis } from "./lexer.ts";
import { ExpressionParser } from "./parse-expression.ts";
import { Untranslatable, type Expression, type Query, type Select, type SelectItem, type Source } from "./query.ts";

/** One SELECT, with or without a semicolon behind it. Throws `Untranslatable`. */
export function parseQuery(sql: string, lexis: Lexis): Query {
  const parser = new QueryParser(sql, lexis);
  const query = parser.whole();
  return query;
}

/** One expression. Throws `Untranslatable`. */
export function parseExpression(sql: string, lexis: Lexis): Expression {
  const parser = new QueryParser(sql, lexis);
  const found = parser.tokens.expression();
  if (!parser.tokens.isAtEnd) parser.tokens.fail();
  return found;
}

class QueryParser {
  readonly tokens: ExpressionParser;
  #depth = 0;

  constructor(sql: string, lexis: Lexis) {
    this.tokens = new ExpressionParser(sql, lexis);
    this.tokens.query = () => this.#query();
  }

  whole(): Query {
    const query = this.#query();
    this.#options();
    this.tokens.take(";");
    if (!this.tokens.isAtEnd) this.tokens.fail();
    return query;
  }

  #query(): Query {
    const t = this.tokens;
    if (++this.#depth > DEEPEST) throw new Untranslatable("it is nested too deeply");
    const parts: { name: string; columns: string[]; query: Query }[] = [];
    const hasWith = t.take("WITH");
    const isRecursive = hasWith && t.take("RECURSIVE");
    if (hasWith) {
      do {
        const name = t.name();
        const columns = t.take("(") ? this.#names() : [];
        t.expect("AS");
        t.expect("(");
        parts.push({ name, columns, query: this.#query() });
        t.expect(")");
      } while (t.take(","));
    }
    const limits: { limit?: Expression; offset?: Expression } = {};
    const first = this.#term(limits);
    const rest: { operator: string; right: Select | Query }[] = [];
    for (let operator = this.#operator(); operator !== null; operator = this.#operator()) {
      if (limits.limit) throw new Untranslatable("TOP inside a UNION is not translated");
      rest.push({ operator, right: this.#term({}) });
    }
    const order = t.take("ORDER") ? (t.expect("BY"), t.orders()) : [];
    this.#limit(limits);
    this.#depth--;
    return { with: parts, isRecursive, first, rest, order, ...limits };
  }

  #operator(): string | null {
    const t = this.tokens;
    for (const word of ["UNION", "EXCEPT", "INTERSECT"]) {
      if (!t.take(word)) continue;
      if (t.take("ALL")) return `${word} ALL`;
      t.take("DISTINCT");
      return word;
    }
    return null;
  }

  #term(limits: { limit?: Expression }): Select | Query {
    const t = this.tokens;
    if (!t.take("(")) return this.#select(limits);
    const query = this.#query();
    t.expect(")");
    return query;
  }

  #select(limits: { limit?: Expression }): Select {
    const t = this.tokens;
    t.expect("SELECT");
    const isDistinct = t.take("DISTINCT") || t.take("DISTINCTROW");
    t.take("ALL");
    while (t.lexis.modifiers.has(t.peek().text) && BEGINS.has(t.peek(1).kind) && !CLAUSES.has(t.peek(1).text)) t.next();
    if (t.take("TOP")) {
      const isWrapped = t.take("(");
      limits.limit = t.expression(12);
      if (isWrapped) t.expect(")");
      if (t.is("PERCENT") || t.is("WITH", "TIES")) t.fail();
    }
    const items: SelectItem[] = [];
    do items.push(this.#item());
    while (t.take(","));
    const from: Source[] = [];
    if (t.take("FROM")) {
      do from.push(this.#source());
      while (t.take(","));
    }
    const where = t.take("WHERE") ? t.expression() : undefined;
    const { group, totals } = this.#groups();
    const having = t.take("HAVING") ? t.expression() : undefined;
    return {
      kind: "select",
      isDistinct,
      items,
      from,
      group,
      ...(totals ? { totals } : {}),
      ...(where ? { where } : {}),
      ...(having ? { having } : {}),
    };
  }

  /** `GROUP BY a, b`, with totals as `ROLLUP (a, b)`, `CUBE (a, b)` or MySQL's `a, b WITH ROLLUP`. */
  #groups(): Pick<Select, "group" | "totals"> {
    const t = this.tokens;
    if (!t.take("GROUP")) return { group: [] };
    t.expect("BY");
    for (const totals of ["ROLLUP", "CUBE"] as const) {
      if (!t.take(totals, "(")) continue;
      const group = t.list();
      t.expect(")");
      return { group, totals };
    }
    const group = t.list();
    return t.take("WITH", "ROLLUP") ? { group, totals: "ROLLUP" } : { group };
  }

  #item(): SelectItem {
    const t = this.tokens;
    // T-SQL's `alias = value`.
    if (
      (t.peek().kind === "name" || t.peek().kind === "word") &&
      t.peek(1).text === "=" &&
      t.peek(1).kind === "symbol"
    ) {
      if (!t.lexis.hasAliasBefore) throw new Untranslatable("a comparison as a value is not translated");
      const alias = t.name();
      t.expect("=");
      return { value: t.expression(), alias };
    }
    const value = t.expression();
    if (t.take("AS")) return { value, alias: t.peek().kind === "text" ? t.next().text : t.name() };
    const { kind, text } = t.peek();
    if (kind === "name" || (kind === "word" && !CLAUSES.has(text))) return { value, alias: t.name() };
    if (kind === "text") return { value, alias: t.next().text };
    return { value };
  }

  #source(): Source {
    const t = this.tokens;
    let left = this.#single();
    for (;;) {
      const applied = this.#applied(left);
      if (applied !== null) {
        left = applied;
        continue;
      }
      const how = this.#join();
      if (how === null) return left;
      const right = this.#single();
      const on = t.take("ON") ? t.expression() : undefined;
      const using = !on && t.take("USING") ? (t.expect("("), this.#names()) : undefined;
      if (!on && !using && how !== "CROSS JOIN" && how !== "JOIN") t.fail();
      const isCross = how === "JOIN" && !on && !using;
      left = {
        kind: "join",
        how: isCross ? "CROSS JOIN" : how,
        left,
        right,
        ...(on ? { on } : {}),
        ...(using ? { using } : {}),
      };
    }
  }

  /** T-SQL's APPLY is a join with what is run for each row. */
  #applied(left: Source): Source | null {
    const t = this.tokens;
    const how = ["CROSS", "OUTER"].find((word) => t.take(word, "APPLY"));
    if (how === undefined) return null;
    const right = this.#single();
    if (right.kind !== "query") throw new Untranslatable(`${how} APPLY is translated with a subquery only`);
    return {
      kind: "join",
      how: how === "CROSS" ? "CROSS JOIN" : "LEFT JOIN",
      left,
      right: { ...right, isLateral: true },
    };
  }

  #join(): string | null {
    const t = this.tokens;
    // How to find the partners is the planner's affair.
    if (["LOOP", "HASH", "MERGE"].some((hint) => t.take("INNER", hint, "JOIN"))) return "JOIN";
    if (t.take("JOIN") || t.take("INNER", "JOIN") || t.take("STRAIGHT_JOIN")) return "JOIN";
    if (t.take("CROSS", "JOIN")) return "CROSS JOIN";
    for (const side of ["LEFT", "RIGHT", "FULL"]) {
      if (t.take(side, "OUTER", "JOIN") || t.take(side, "JOIN")) return `${side} JOIN`;
    }
    if (t.is("NATURAL") || t.is("OUTER") || t.is("CROSS")) t.fail();
    return null;
  }

  #single(): Source {
    const t = this.tokens;
    if (t.take("(")) {
      if (!t.is("SELECT") && !t.is("WITH") && !t.is("(")) {
        const inner = this.#source();
        t.expect(")");
        return inner;
      }
      const query = this.#query();
      t.expect(")");
      t.take("AS");
      return { kind: "query", query, alias: t.name() };
    }
    if (t.is("LATERAL", "(")) {
      t.next();
      const source = this.#single();
      return source.kind === "query" ? { ...source, isLateral: true } : t.fail();
    }
    const path = t.path();
    if (t.is("(") || t.is("FOR")) t.fail();
    const hasAs = t.take("AS");
    const { kind, text } = t.peek();
    const alias = hasAs || kind === "name" || (kind === "word" && !CLAUSES.has(text)) ? t.name() : undefined;
    // `WITH (NOLOCK)` says how to read, not what.
    if (t.take("WITH", "(", "NOLOCK", ")")) return { kind: "table", path, ...(alias === undefined ? {} : { alias }) };
    this.#indexHints();
    if (t.is("WITH") || t.is("TABLESAMPLE")) t.fail();
    return { kind: "table", path, ...(alias === undefined ? {} : { alias }) };
  }

  /** MySQL's `FORCE INDEX (a)` and its kin say how to read, not what. */
  #indexHints(): void {
    const t = this.tokens;
    const word = ["USE", "FORCE", "IGNORE"].find((one) => t.is(one, "INDEX") || t.is(one, "KEY"));
    if (word === undefined) return;
    t.next();
    t.next();
    t.expect("(");
    if (!t.take(")")) this.#names();
    this.#indexHints();
  }

  /** `OPTION (…)`, the hints of T-SQL for a whole query. */
  #options(): void {
    const t = this.tokens;
    if (!t.take("OPTION", "(")) return;
    for (let depth = 1; depth > 0;) {
      if (t.isAtEnd) t.fail();
      const { kind, text } = t.next();
      if (kind === "symbol" && text === "(") depth++;
      if (kind === "symbol" && text === ")") depth--;
    }
  }

  #limit(limits: { limit?: Expression; offset?: Expression }): void {
    const t = this.tokens;
    if (t.take("LIMIT")) {
      const first = t.expression();
      // MySQL's `LIMIT offset, count`.
      if (t.take(",")) Object.assign(limits, { offset: first, limit: t.expression() });
      else limits.limit = first;
    }
    if (t.take("OFFSET")) {
      limits.offset = t.expression();
      if (!t.take("ROWS")) t.take("ROW");
    }
    if (t.take("FETCH", "NEXT") || t.take("FETCH", "FIRST")) {
      limits.limit = t.expression();
      if (!t.take("ROWS")) t.expect("ROW");
      t.expect("ONLY");
    }
  }

  #names(): string[] {
    const names = [this.tokens.name()];
    while (this.tokens.take(",")) names.push(this.tokens.name());
    this.tokens.expect(")");
    return names;
  }
}

const DEEPEST = 50;

/** Kinds of what a value begins with, apart from symbols. */
const BEGINS: ReadonlySet<string> = new Set(["word", "name", "number", "text", "parameter"]);

/** What goes on behind a value or a table. */
const CLAUSES: ReadonlySet<string> = new Set(
  "FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH UNION EXCEPT INTERSECT ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL STRAIGHT_JOIN FOR OPTION WITH INTO LOCK USE FORCE IGNORE OUTER WINDOW PROCEDURE TABLESAMPLE AND OR".split(
    " ",
  ),
);
