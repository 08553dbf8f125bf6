import { newScanner, readToken, type Scanner, type Token, type TokenKind } from "./tokens.ts";

/** A token of one statement. */
export interface Lexeme {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A bare word in upper case, a symbol as it is, else empty. */
  readonly word: string;
}

/** Why a statement or a clause could not be read. Caught where the statement or the clause begins. */
export class ReadError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = "ReadError";
    this.offset = offset;
  }
}

/** A clause that was left out. */
export interface LostClause {
  readonly offset: number;
  readonly text: string;
  readonly reason: string;
}

/** Moves over the tokens of a statement. It never goes back further than one clause. */
export class Cursor {
  readonly text: string;
  readonly lexemes: readonly Lexeme[];
  readonly lost: LostClause[] = [];
  at = 0;
  /** Tokens looked at or passed: what the linear-time property counts. */
  steps = 0;
  /** How deep what reads it is nested. */
  depth = 0;

  constructor(text: string, runs: Scanner["runs"]) {
    this.text = text;
    this.lexemes = lexemesOf(text, runs);
  }

  get current(): Lexeme | undefined {
    this.steps++;
    return this.lexemes[this.at];
  }
  get isDone(): boolean {
    return this.at >= this.lexemes.length;
  }
  /** Offset of the current token, or the end of the text. */
  get offset(): number {
    return this.lexemes[this.at]?.start ?? this.text.length;
  }
  /** The current word or symbol, else empty. */
  get word(): string {
    return this.current?.word ?? "";
  }
  /** The word or symbol `ahead` of the current one. */
  wordAt(ahead: number): string {
    this.steps++;
    return this.lexemes[this.at + ahead]?.word ?? "";
  }
  /** True when these words and symbols come next. */
  is(...words: readonly string[]): boolean {
    for (let index = 0; index < words.length; index++) if (this.wordAt(index) !== words[index]) return false;
    return true;
  }
  isOneOf(words: ReadonlySet<string>): boolean {
    return words.has(this.word);
  }
  /** Passes these words when they come next. */
  accept(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }
  expect(...words: readonly string[]): void {
    if (!this.accept(...words)) this.fail(`expected ${words.join(" ")}`);
  }
  fail(message: string): never {
    throw new ReadError(message, this.offset);
  }
  next(): Lexeme {
    const lexeme = this.current;
    if (!lexeme) this.fail("the statement ends too early");
    this.at++;
    return lexeme;
  }

  /** A name: bare, in backticks, or in double quotes. */
  name(): string {
    const lexeme = this.current;
    if (lexeme?.kind === "word" || lexeme?.kind === "name") {
      this.at++;
      return this.plain(lexeme);
    }
    if (lexeme?.kind === "string" && this.text.charAt(lexeme.start) === '"') {
      this.at++;
      return this.plain(lexeme);
    }
    return this.fail("expected a name");
  }
  isName(): boolean {
    const kind = this.current?.kind;
    return kind === "word" || kind === "name" || (kind === "string" && this.text.charAt(this.offset) === '"');
  }
  qualifiedName(): QualifiedName {
    // A leading dot means the current database.
    this.accept(".");
    const first = this.name();
    if (!this.accept(".")) return { name: first };
    return { schema: first, name: this.name() };
  }
  isString(): boolean {
    return this.current?.kind === "string";
  }
  /** The value of a string literal; adjacent literals are one. */
  string(): string {
    if (this.current?.kind === "word" && this.word.startsWith("_") && this.lexemes[this.at + 1]?.kind === "string")
      this.at++;
    if (!this.isString()) this.fail("expected a string");
    let value = "";
    while (this.isString()) value += this.plain(this.next());
    return value;
  }
  /** The text of a token: without quotes and escapes for names and strings. */
  plain(lexeme: Lexeme): string {
    return plainText(this.text.slice(lexeme.start, lexeme.end), lexeme.kind);
  }
  /** The text from one token up to the current one, as it is written. */
  since(first: number): string {
    const start = this.lexemes[first];
    const end = this.lexemes[this.at - 1];
    return start && end && this.at > first ? this.text.slice(start.start, end.end) : "";
  }
  rest(): string {
    const first = this.at;
    this.at = this.lexemes.length;
    return this.since(first);
  }

  /** Passes `( … )` and returns what is between, as it is written. */
  parenthesised(): string {
    this.expect("(");
    const first = this.at;
    this.skipUntil((word) => word === ")");
    const inside = this.since(first);
    this.expect(")");
    return inside;
  }
  /** Passes tokens until one outside of parentheses ends it, or the statement does. */
  skipUntil(ends: (word: string) => boolean): void {
    let depth = 0;
    for (; this.at < this.lexemes.length; this.at++) {
      const { word } = this;
      if (depth === 0 && ends(word)) return;
      if (word === "(") depth++;
      else if (word === ")") {
        if (depth === 0) return;
        depth--;
      }
    }
  }
  /** To the comma or parenthesis that ends this element. */
  skipElement(): void {
    this.skipUntil((word) => word === "," || word === ")");
  }
  /** Notes that a clause was left out. */
  lose(first: number, reason: string): void {
    const start = this.lexemes[first];
    if (!start) return;
    this.lost.push({ offset: start.start, text: this.since(first), reason });
  }
}

export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

function lexemesOf(text: string, runs: Scanner["runs"]): readonly Lexeme[] {
  const scanner = newScanner(text, runs);
  const token: Token = { kind: "space", start: 0, end: 0 };
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < text.length; at = token.end) {
    readToken(scanner, at, token);
    const { kind, start, end } = token;
    if (kind === "space" || kind === "comment" || kind === "codeOpen" || kind === "codeClose") continue;
    lexemes.push({ kind, start, end, word: wordOf(text, token) });
  }
  return lexemes;
}

function wordOf(text: string, { kind, start, end }: Token): string {
  if (kind === "symbol") return text.charAt(start);
  return kind === "word" ? text.slice(start, end).toUpperCase() : "";
}

/** Names and strings without quotes and escapes. */
export function plainText(source: string, kind: TokenKind): string {
  if (kind === "name") return source.slice(1, -1).replaceAll("``", "`");
  if (kind !== "string") return source;
  const from = source.charAt(0) === "'" || source.charAt(0) === '"' ? 0 : 1;
  const quote = source.charAt(from);
  const inside = source.slice(from + 1, -1);
  if (!inside.includes("\\")) return inside.replaceAll(quote + quote, quote);
  return unescape(inside, quote);
}

function unescape(inside: string, quote: string): string {
  let value = "";
  for (let at = 0; at < inside.length; at++) {
    const char = inside.charAt(at);
    if (char === "\\") {
      at++;
      const next = inside.charAt(at);
      // `\%` and `\_` keep their backslash: they mean something to LIKE.
      value += ESCAPES[next] ?? (next === "%" || next === "_" ? `\\${next}` : next);
      continue;
    }
    if (char === quote) at++;
    value += char;
  }
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a" };
