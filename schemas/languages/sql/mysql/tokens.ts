/**
 * What MySQL's scanner makes of a piece of text. `codeOpen` and `codeClose` are the marks of an executable comment
 * (`/*!40101` and its end), whose content is code; `open` is a string, comment or name that the text ends inside of.
 */
export type TokenKind =
  | "space"
  | "comment"
  | "word"
  | "name"
  | "string"
  | "number"
  | "variable"
  | "symbol"
  | "codeOpen"
  | "codeClose"
  | "open";

/** A piece of the text. Tokens tile it: each starts where the one before ended, none is empty. */
export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
}

/** How a text is scanned; the state of executable comments lives here between tokens. */
export interface Scanner {
  readonly text: string;
  /** Whether the content of an executable comment counts; `mark` is `!40101`, `!` or `M!100100`. */
  readonly runs: (mark: string) => boolean;
  /** Open executable comments. */
  codeDepth: number;
}

export function newScanner(text: string, runs: Scanner["runs"]): Scanner {
  return { text, runs, codeDepth: 0 };
}

/**
 * Reads the token at `at` into `token`, which the caller owns and reuses. Every character is looked at a bounded
 * number of times. The caller checks `at < text.length`.
 */
export function readToken(scanner: Scanner, at: number, token: Token): void {
  const { text } = scanner;
  const code = text.charCodeAt(at);
  token.start = at;
  token.end = at + 1;
  token.kind = "symbol";
  if (isSpace(code)) {
    token.kind = "space";
    while (isSpace(text.charCodeAt(token.end))) token.end++;
    return;
  }
  if (isWordStart(code)) return readWord(text, token);
  if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)) && !followsName(text, at))) {
    return readNumber(text, token);
  }
  readSymbol(scanner, code, token);
}

function readSymbol(scanner: Scanner, code: number, token: Token): void {
  const { text } = scanner;
  const at = token.start;
  const next = text.charCodeAt(at + 1);
  switch (code) {
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
      return readString(text, code, token);
    case BACKTICK:
      return readName(text, token);
    case HASH:
      return endLine(text, token);
    case MINUS:
      // Two dashes begin a comment only before white space: `5--3` is arithmetic.
      if (next === MINUS && isSpaceOrEnd(text, at + 2)) endLine(text, token);
      return;
    case SLASH:
      if (next === STAR) readComment(scanner, token);
      return;
    case STAR:
      if (next === SLASH && scanner.codeDepth > 0) {
        scanner.codeDepth--;
        token.kind = "codeClose";
        token.end = at + 2;
      }
      return;
    case AT:
      return readVariable(text, token);
    default:
  }
}

/** A key word or bare name; `x'…'`, `b'…'` and `n'…'` are one literal. */
function readWord(text: string, token: Token): void {
  let end = token.start + 1;
  while (isWordPart(text.charCodeAt(end))) end++;
  token.kind = "word";
  token.end = end;
  if (end !== token.start + 1 || text.charCodeAt(end) !== SINGLE_QUOTE) return;
  if ("xXbBnN".includes(text.charAt(token.start))) {
    const start = token.start;
    token.start = end;
    readString(text, SINGLE_QUOTE, token);
    token.start = start;
  }
}

/** Digits that run into letters are a name, as in `2fa_codes`; `1e5` and `0x1F` are numbers. */
function readNumber(text: string, token: Token): void {
  const { start } = token;
  let end = start;
  const isPrefixed = text.charCodeAt(start) === ZERO && "xb".includes(text.charAt(start + 1) || " ");
  if (isPrefixed) end += 2;
  else while (isDigit(text.charCodeAt(end))) end++;
  token.kind = "number";
  if (!isPrefixed) end = fraction(text, end);
  while (isWordPart(text.charCodeAt(end))) {
    if (!isPrefixed || !isHexDigit(text.charCodeAt(end))) token.kind = "word";
    end++;
  }
  token.end = end;
}

function fraction(text: string, from: number): number {
  let end = from;
  if (text.charCodeAt(end) === DOT) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  if ((text.charCodeAt(end) | 32) !== LETTER_E) return end;
  const sign = text.charAt(end + 1);
  const digits = sign === "+" || sign === "-" ? end + 2 : end + 1;
  if (!isDigit(text.charCodeAt(digits))) return end;
  end = digits;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Backslash escapes and doubled quotes. */
function readString(text: string, quote: number, token: Token): void {
  token.kind = "string";
  for (let at = token.start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) === quote) at++;
      else {
        token.end = at + 1;
        return;
      }
    }
  }
  token.kind = "open";
  token.end = text.length;
}

/** Doubled backticks only. */
function readName(text: string, token: Token): void {
  token.kind = "name";
  for (let at = token.start + 1; ; at += 2) {
    at = text.indexOf("`", at);
    if (at < 0) {
      token.kind = "open";
      token.end = text.length;
      return;
    }
    if (text.charCodeAt(at + 1) !== BACKTICK) {
      token.end = at + 1;
      return;
    }
  }
}

function readComment(scanner: Scanner, token: Token): void {
  const { text } = scanner;
  const mark = executableMark(text, token.start + 2);
  if (mark !== "" && scanner.runs(mark)) {
    scanner.codeDepth++;
    token.kind = "codeOpen";
    token.end = token.start + 2 + mark.length;
    return;
  }
  const close = text.indexOf("*/", token.start + 2);
  token.kind = close < 0 ? "open" : "comment";
  token.end = close < 0 ? text.length : close + 2;
}

/** `!`, `M!` and the version behind it; empty for a plain comment. */
function executableMark(text: string, at: number): string {
  let end = at;
  if (text.charAt(end) === "M") end++;
  if (text.charAt(end) !== "!") return "";
  end++;
  const digits = end;
  while (end - digits < 6 && isDigit(text.charCodeAt(end))) end++;
  // A version has five digits, or six since MySQL 8.0.31 and MariaDB 10; fewer are code.
  return text.slice(at, end - digits < 5 ? digits : end);
}

function readVariable(text: string, token: Token): void {
  token.kind = "variable";
  let end = token.start + 1;
  if (text.charCodeAt(end) === AT) end++;
  const quote = text.charCodeAt(end);
  if (quote === BACKTICK || quote === SINGLE_QUOTE || quote === DOUBLE_QUOTE) {
    // The quoted part of `@'name'` or of an account is a token of its own.
    token.end = end;
    return;
  }
  while (isWordPart(text.charCodeAt(end)) || text.charCodeAt(end) === DOT) end++;
  token.end = end;
}

function endLine(text: string, token: Token): void {
  const lineFeed = text.indexOf("\n", token.start);
  token.kind = "comment";
  token.end = lineFeed < 0 ? text.length : lineFeed;
}

/** A dot right behind a name is a qualifier's, even before a digit: `shop.2fa`. */
function followsName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isWordPart(before) || before === BACKTICK;
}

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const HASH = 35;
const MINUS = 45;
const SLASH = 47;
const STAR = 42;
const AT = 64;
const DOT = 46;
const ZERO = 48;
const BACKSLASH = 92;
const LETTER_E = 101;

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
const isWordStart = (code: number): boolean =>
  isLetter(code) || code === 95 || code === 36 || (code >= 0x80 && !isSpace(code));
const isWordPart = (code: number): boolean => isWordStart(code) || isDigit(code);
const isSpaceOrEnd = (text: string, at: number): boolean => at >= text.length || text.charCodeAt(at) <= 32;
