import { lexemes, type Lexeme, type Lexis } from "./lexer.ts";
import { Untranslatable, type Expression, type Frame, type OrderItem, type Over, type Query } from "./query.ts";

/** Deeper nesting than people write, and less than the stack takes. */
const DEEPEST = 200;

const STOPS: ReadonlySet<string> = new Set(
  "FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH UNION EXCEPT INTERSECT ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL STRAIGHT_JOIN AS AND OR XOR NOT IN IS LIKE BETWEEN THEN ELSE END WHEN ASC DESC SEPARATOR FOR OPTION WITH INTO LOCK REGEXP RLIKE DIV MOD COLLATE OUTER APPLY WINDOW OVER ROWS RANGE PROCEDURE ESCAPE".split(
    " ",
  ),
);

/** Precedence of what stands between two expressions; more binds closer. */
const BINARY: ReadonlyMap<string, number> = new Map([
  ["OR", 1],
  ["XOR", 2],
  ["AND", 3],
  ["&&", 3],
  ["=", 5],
  ["<=>", 5],
  ["<>", 5],
  ["!=", 5],
  ["<", 5],
  [">", 5],
  ["<=", 5],
  [">=", 5],
  ["LIKE", 5],
  ["REGEXP", 5],
  ["RLIKE", 5],
  ["|", 6],
  ["&", 7],
  ["+", 9],
  ["-", 9],
  ["*", 10],
  ["/", 10],
  ["%", 10],
  ["DIV", 10],
  ["MOD", 10],
  ["^", 11],
  ["->", 13],
  ["->>", 13],
]);

/** Recursive descent over the lexemes of one query. Throws `Untranslatable`. */
export class ExpressionParser {
  readonly #lexemes: readonly Lexeme[];
  #at = 0;
  #depth = 0;

  readonly lexis: Lexis;

  constructor(sql: string, lexis: Lexis) {
    this.lexis = lexis;
    this.#lexemes = lexemes(sql, lexis);
  }

  /** What reads a query in parentheses; the parser of queries sets it. */
  query: () => Query = () => this.fail();

  get isAtEnd(): boolean {
    return this.#at >= this.#lexemes.length;
  }

  peek(ahead = 0): Lexeme {
    return this.#lexemes[this.#at + ahead] ?? { kind: "end", text: "", raw: "" };
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, index) => {
      const { kind, text } = this.peek(index);
      return (kind === "word" || kind === "symbol") && text === word;
    });
  }

  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.#at += words.length;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) this.fail();
  }

  fail(): never {
    const { raw } = this.peek();
    throw new Untranslatable(raw === "" ? "it ends too early" : `"${raw}" is not translated`);
  }

  next(): Lexeme {
    const found = this.peek();
    this.#at++;
    return found;
  }

  name(): string {
    const { kind, raw, text } = this.peek();
    if (kind === "name") this.#at++;
    else if (kind === "word" && !STOPS.has(text)) this.#at++;
    else this.fail();
    return kind === "name" ? text : raw;
  }

  path(): string[] {
    const parts = [this.name()];
    while (this.is(".") && this.peek(1).text !== "*") {
      this.#at++;
      parts.push(this.name());
    }
    return parts;
  }

  list(): Expression[] {
    const items = [this.expression()];
    while (this.take(",")) items.push(this.expression());
    return items;
  }

  orders(): OrderItem[] {
    const items: OrderItem[] = [];
    do {
      const by = this.expression();
      const isDescending = this.take("DESC");
      if (!isDescending) this.take("ASC");
      items.push({ by, isDescending });
    } while (this.take(","));
    return items;
  }

  expression(least = 0): Expression {
    if (++this.#depth > DEEPEST) throw new Untranslatable("it is nested too deeply");
    let left = this.#prefix();
    for (;;) {
      const special = this.#suffix(left, least);
      if (special) {
        left = special;
        continue;
      }
      const { kind, text } = this.peek();
      const strength = kind === "word" || kind === "symbol" ? BINARY.get(text) : undefined;
      if (strength === undefined || strength < least || strength === 0) break;
      this.#at++;
      left = { kind: "binary", operator: text, left, ...this.#right(strength) };
    }
    this.#depth--;
    return left;
  }

  /** What a value is compared with: `ANY (SELECT …)`, or a value, behind which LIKE may have an ESCAPE. */
  #right(strength: number): { right: Expression; escape?: Expression } {
    for (const word of ["ANY", "SOME", "ALL"]) {
      if (!this.is(word, "(", "SELECT")) continue;
      this.take(word, "(");
      const query = this.query();
      this.expect(")");
      return { right: { kind: "subquery", query, quantifier: word === "ALL" ? "ALL" : "ANY" } };
    }
    const right = this.expression(strength + 1);
    return this.take("ESCAPE") ? { right, escape: this.expression(strength + 1) } : { right };
  }

  /** `IS NULL`, `[NOT] IN`, `[NOT] BETWEEN`, `NOT LIKE`, which bind like comparisons. */
  #suffix(of: Expression, least: number): Expression | null {
    if (least > 5) return null;
    if (this.take("IS")) {
      const isNot = this.take("NOT");
      if (this.take("NULL")) return { kind: "is null", of, isNot };
      const word = this.peek().text;
      if (word !== "TRUE" && word !== "FALSE") this.fail();
      this.#at++;
      return { kind: "binary", operator: isNot ? "IS NOT" : "IS", left: of, right: { kind: "word", word } };
    }
    const isNot = this.is("NOT") && ["IN", "BETWEEN", "LIKE", "REGEXP", "RLIKE"].includes(this.peek(1).text);
    if (isNot) this.#at++;
    if (this.take("BETWEEN")) {
      const low = this.expression(6);
      this.expect("AND");
      return { kind: "between", of, low, high: this.expression(6), isNot };
    }
    if (this.take("IN")) {
      this.expect("(");
      const list = this.is("SELECT") || this.is("WITH") ? this.query() : this.list();
      this.expect(")");
      return { kind: "in", of, list, isNot };
    }
    if (!isNot) return null;
    const operator = this.next().text;
    return { kind: "unary", operator: "NOT", of: { kind: "binary", operator, left: of, ...this.#right(5) } };
  }

  #prefix(): Expression {
    if (this.take("NOT")) return { kind: "unary", operator: "NOT", of: this.expression(4) };
    if (this.take("!")) return { kind: "unary", operator: "NOT", of: this.expression(12) };
    for (const operator of ["-", "+", "~"])
      if (this.take(operator)) return { kind: "unary", operator, of: this.expression(12) };
    return this.#primary();
  }

  #primary(): Expression {
    const { kind, text } = this.peek();
    switch (kind) {
      case "number":
      case "text":
        this.#at++;
        return { kind, text };
      case "bytes":
        this.#at++;
        return { kind, hex: text };
      case "parameter":
        this.#at++;
        return { kind, text };
      case "symbol":
        return this.#symbol();
      case "name":
      case "word":
        return this.#worded();
      case "end":
        return this.fail();
    }
  }

  #symbol(): Expression {
    if (this.take("*")) return { kind: "star", path: [] };
    this.expect("(");
    if (this.is("SELECT") || this.is("WITH")) {
      const query = this.query();
      this.expect(")");
      return { kind: "subquery", query };
    }
    const items = this.list();
    this.expect(")");
    const [only, second] = items;
    return only && second === undefined ? only : { kind: "list", items };
  }

  #worded(): Expression {
    if (this.is("CASE")) return this.#case();
    if (this.take("EXISTS")) {
      this.expect("(");
      const query = this.query();
      this.expect(")");
      return { kind: "exists", query };
    }
    if ((this.is("CAST", "(") || this.is("CONVERT", "(") || this.is("TRY_CAST", "(")) && this.peek().kind === "word")
      return this.#cast();
    if (this.is("INTERVAL")) return this.#interval();
    const { kind, text } = this.peek();
    if (kind === "word" && WORDS.has(text) && this.peek(1).text !== "(") {
      this.#at++;
      return { kind: "word", word: text };
    }
    if (kind === "word" && this.peek(1).text === "(" && !STOPS.has(text)) return this.#call();
    // Words that are functions as well as joins.
    if (kind === "word" && (text === "LEFT" || text === "RIGHT" || text === "MOD") && this.peek(1).text === "(")
      return this.#call();
    const path = this.path();
    if (this.take(".")) {
      this.expect("*");
      return { kind: "star", path };
    }
    if (this.peek().text === "(" && this.peek().kind === "symbol") this.fail();
    return { kind: "column", path };
  }

  #call(): Expression {
    const name = this.next().text;
    this.expect("(");
    const isDistinct = this.take("DISTINCT");
    const given: Expression[] = [];
    if (!this.is(")")) given.push(this.lexis.unitFirst.has(name) ? this.#unit() : this.expression());
    while (this.take(",")) given.push(this.expression());
    const order = this.take("ORDER") ? (this.expect("BY"), this.orders()) : [];
    const separator = this.take("SEPARATOR") ? this.next().text : undefined;
    this.expect(")");
    const within = this.take("WITHIN", "GROUP") ? this.#within() : [];
    const over = this.take("OVER") ? this.#over() : undefined;
    return {
      kind: "call",
      name,
      arguments: given,
      isDistinct,
      order: [...order, ...within],
      ...(separator === undefined ? {} : { separator }),
      ...(over ? { over } : {}),
    };
  }

  #unit(): Expression {
    const { kind } = this.peek();
    if (kind !== "word") return this.expression();
    return { kind: "word", word: this.next().text };
  }

  #within(): OrderItem[] {
    this.expect("(");
    this.expect("ORDER");
    this.expect("BY");
    const order = this.orders();
    this.expect(")");
    return order;
  }

  #over(): Over {
    this.expect("(");
    const partition = this.take("PARTITION") ? (this.expect("BY"), this.list()) : [];
    const order = this.take("ORDER") ? (this.expect("BY"), this.orders()) : [];
    const unit = ["ROWS", "RANGE"].find((word) => this.take(word));
    const frame = unit === undefined ? undefined : this.#frame(unit);
    this.expect(")");
    return { partition, order, ...(frame ? { frame } : {}) };
  }

  #frame(unit: string): Frame {
    if (!this.take("BETWEEN")) return { unit, bounds: [this.#bound()] };
    const from = this.#bound();
    this.expect("AND");
    return { unit, bounds: [from, this.#bound()] };
  }

  #bound(): Frame["bounds"][number] {
    if (this.take("CURRENT", "ROW")) return { edge: "CURRENT ROW" };
    const offset = this.take("UNBOUNDED") ? undefined : this.expression(6);
    const way = ["PRECEDING", "FOLLOWING"].find((word) => this.take(word)) ?? this.fail();
    return offset ? { offset, edge: way } : { edge: `UNBOUNDED ${way}` };
  }

  #case(): Expression {
    this.expect("CASE");
    const of = this.is("WHEN") ? undefined : this.expression();
    const cases: { when: Expression; result: Expression }[] = [];
    while (this.take("WHEN")) {
      const when = this.expression();
      this.expect("THEN");
      cases.push({ when, result: this.expression() });
    }
    const otherwise = this.take("ELSE") ? this.expression() : undefined;
    this.expect("END");
    return { kind: "case", cases, ...(of ? { of } : {}), ...(otherwise ? { otherwise } : {}) };
  }

  /** `CAST(x AS type)`, T-SQL's `CONVERT(type, x)`, MySQL's `CONVERT(x, type)`. */
  #cast(): Expression {
    const word = this.next().text;
    this.expect("(");
    if (word === "TRY_CAST") this.fail();
    if (word === "CONVERT" && this.peek().kind === "word" && TYPES.test(this.peek().text)) {
      const type = this.#type();
      this.expect(",");
      const of = this.expression();
      // A style decides how a date is written.
      if (!this.take(")")) this.fail();
      return { kind: "cast", of, type };
    }
    const of = this.expression();
    if (!this.take("AS") && !this.take(",")) this.fail();
    const type = this.#type();
    this.expect(")");
    return { kind: "cast", of, type };
  }

  #type(): string {
    const words = [this.next().text];
    while (this.peek().kind === "word" && !STOPS.has(this.peek().text)) words.push(this.next().text);
    if (!this.take("(")) return words.join(" ");
    const args: string[] = [];
    do args.push(this.next().text);
    while (this.take(","));
    this.expect(")");
    return `${words.join(" ")}(${args.join(",")})`;
  }

  #interval(): Expression {
    this.expect("INTERVAL");
    const amount = this.expression(12);
    return { kind: "interval", amount, unit: this.next().text };
  }
}

const WORDS: ReadonlySet<string> = new Set([
  "TRUE",
  "FALSE",
  "NULL",
  "CURRENT_TIMESTAMP",
  "CURRENT_DATE",
  "CURRENT_TIME",
  "CURRENT_USER",
  "DEFAULT",
]);
const TYPES =
  /^(?:N?(?:VAR)?CHAR|N?TEXT|INT|BIGINT|SMALLINT|TINYINT|BIT|DECIMAL|NUMERIC|MONEY|FLOAT|REAL|DATE|DATETIME|DATETIME2|TIME|UNIQUEIDENTIFIER)$/;
