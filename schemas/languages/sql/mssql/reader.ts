import type { Token } from "./tokens.ts";

/** A name of up to four parts, the last two kept; `at` is the offset of its first character. */
export interface NameRef {
  readonly database?: string;
  readonly schema?: string;
  readonly name: string;
  readonly at: number;
}

/** Cursor over the tokens of one batch. Never throws; at the end it gives the `end` token for ever. */
export class Reader {
  at = 0;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For each `(` the index of its `)`; the last index + 1 when it is never closed. */
  readonly #closes: ReadonlyMap<number, number>;
  readonly #end: Token;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
    this.#closes = matchParens(tokens);
    const last = tokens.at(-1)?.end ?? 0;
    this.#end = { kind: "end", start: last, end: last, key: "", value: "" };
  }

  /** The token `ahead` of the current one. */
  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? this.#end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Whether the next words and symbols are these. */
  is(...keys: readonly string[]): boolean {
    return keys.every((key, index) => this.peek(index).key === key);
  }

  isOneOf(keys: ReadonlySet<string>): boolean {
    return keys.has(this.peek().key);
  }

  /** Passes these words and symbols when they are next. */
  take(...keys: readonly string[]): boolean {
    if (!this.is(...keys)) return false;
    this.at += keys.length;
    return true;
  }

  /** Passes the next token whatever it is. */
  next(): Token {
    const token = this.peek();
    if (!this.isAtEnd) this.at++;
    return token;
  }

  /** A bare or quoted name; null without moving when none is next. */
  name(): string | null {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "name") return null;
    this.at++;
    return token.value;
  }

  /** `name`, `schema.name`, `database..name`; null without moving when none is next. */
  qualified(): NameRef | null {
    const start = this.at;
    const at = this.peek().start;
    const parts: string[] = [];
    if (this.is(".")) parts.push("");
    else {
      const first = this.name();
      if (first === null) return null;
      parts.push(first);
    }
    while (this.take(".")) {
      if (this.is(".")) {
        parts.push("");
        continue;
      }
      const part = this.name();
      if (part === null) {
        this.at--;
        break;
      }
      parts.push(part);
    }
    const [name = "", schema = "", database = ""] = parts.toReversed();
    if (name === "") {
      this.at = start;
      return null;
    }
    return { name, at, ...(schema === "" ? {} : { schema }), ...(database === "" ? {} : { database }) };
  }

  /** Index of the `)` that closes the `(` at `index`. */
  closeOf(index: number): number {
    return this.#closes.get(index) ?? this.tokens.length;
  }

  /** Passes a parenthesised group; false when none is next. */
  skipParens(): boolean {
    if (!this.is("(")) return false;
    this.at = Math.min(this.closeOf(this.at) + 1, this.tokens.length);
    return true;
  }

  /** Passes a parenthesised list of names with `ASC` and `DESC` behind them. */
  nameList(): { readonly name: string; readonly descending: boolean; readonly at: number }[] {
    const names: { name: string; descending: boolean; at: number }[] = [];
    if (!this.is("(")) return names;
    const close = this.closeOf(this.at);
    this.at++;
    while (this.at < close) {
      const at = this.peek().start;
      const name = this.name();
      if (name === null) {
        this.at++;
        continue;
      }
      const descending = this.is("DESC");
      names.push({ name, descending, at });
      while (this.at < close && !this.is(",")) this.at++;
      this.take(",");
    }
    this.at = Math.min(close + 1, this.tokens.length);
    return names;
  }

  /** The source between two token indexes, the second left out. */
  slice(from: number, to: number): string {
    const first = this.tokens[from];
    const last = this.tokens[to - 1];
    return first && last && to > from ? this.text.slice(first.start, last.end) : "";
  }
}

function matchParens(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.key === "(") open.push(index);
    else if (token.key === ")") {
      const start = open.pop();
      if (start !== undefined) closes.set(start, index);
    }
  }
  return closes;
}
