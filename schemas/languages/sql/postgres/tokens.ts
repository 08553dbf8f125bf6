/**
 * What PostgreSQL's own scanner would make of a piece of text, as far as a splitter needs it.
 * `open` is a string, comment or quoted name that the text ends in the middle of.
 */
export type TokenKind =
  | "space"
  | "lineComment"
  | "blockComment"
  | "word"
  | "quotedName"
  | "string"
  | "number"
  | "semicolon"
  | "openParen"
  | "closeParen"
  | "dot"
  | "backslash"
  | "other"
  | "open";

/** A piece of the text. Tokens tile it: each starts where the one before ended, none is empty. */
export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
}

/** How single-quoted strings without a prefix are read; `escape` while `standard_conforming_strings` is off. */
export type StringMode = "standard" | "escape";

/**
 * Reads the token that starts at `at` into `token`, which the caller owns and reuses: a dump of 50 MB has millions of
 * them. Every character is looked at a bounded number of times. The caller checks `at < text.length`.
 */
export function readToken(text: string, at: number, token: Token, mode: StringMode = "standard"): void {
  token.start = at;
  token.end = at + 1;
  const code = text.charCodeAt(at);
  if (isSpace(code)) {
    token.kind = "space";
    token.end = skipSpace(text, at + 1);
    return;
  }
  if (isWordStart(code)) {
    readWord(text, at, token);
    return;
  }
  if (isDigit(code)) {
    token.kind = "number";
    token.end = skipNumber(text, at + 1);
    return;
  }
  readSymbol(text, code, token, mode);
}

function readSymbol(text: string, code: number, token: Token, mode: StringMode): void {
  const at = token.start;
  const next = text.charCodeAt(at + 1);
  switch (code) {
    case SEMICOLON:
      token.kind = "semicolon";
      return;
    case OPEN_PAREN:
      token.kind = "openParen";
      return;
    case CLOSE_PAREN:
      token.kind = "closeParen";
      return;
    case DOT:
      token.kind = "dot";
      return;
    case BACKSLASH:
      token.kind = "backslash";
      return;
    case SINGLE_QUOTE:
      if (mode === "escape") readEscapeString(text, at + 1, token);
      else readQuoted(text, "'", at + 1, token);
      return;
    case DOUBLE_QUOTE:
      readQuoted(text, '"', at + 1, token);
      return;
    case DOLLAR:
      readDollar(text, token);
      return;
    case MINUS:
      if (next !== MINUS) break;
      token.kind = "lineComment";
      token.end = endOfLine(text, at + 2);
      return;
    case SLASH:
      if (next !== STAR) break;
      readBlockComment(text, token);
      return;
    default:
  }
  token.kind = "other";
}

/** A name or key word, or a string whose prefix it is: `E'…'` has backslash escapes, `U&"…"` is a name. */
function readWord(text: string, at: number, token: Token): void {
  let end = at + 1;
  while (isWordPart(text.charCodeAt(end))) end++;
  token.kind = "word";
  token.end = end;
  if (end !== at + 1) return;
  const letter = text.charCodeAt(at) | LOWER_CASE_BIT;
  const next = text.charCodeAt(end);
  if (next === SINGLE_QUOTE && letter === LETTER_E) readEscapeString(text, end + 1, token);
  else if (next === SINGLE_QUOTE && (letter === LETTER_B || letter === LETTER_X)) readQuoted(text, "'", end + 1, token);
  else if (next === AMPERSAND && letter === LETTER_U) {
    const quote = text.charCodeAt(end + 1);
    if (quote === SINGLE_QUOTE) readQuoted(text, "'", end + 2, token);
    else if (quote === DOUBLE_QUOTE) readQuoted(text, '"', end + 2, token);
  }
}

function readQuoted(text: string, quote: "'" | '"', from: number, token: Token): void {
  let at = from;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close < 0) {
      token.kind = "open";
      token.end = text.length;
      return;
    }
    at = close + 1;
    if (text[at] !== quote) break;
    at++;
  }
  token.kind = quote === "'" ? "string" : "quotedName";
  token.end = at;
}

function readEscapeString(text: string, from: number, token: Token): void {
  let at = from;
  for (;;) {
    if (at >= text.length) {
      token.kind = "open";
      token.end = text.length;
      return;
    }
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 2;
    else if (code !== SINGLE_QUOTE) at++;
    else if (text.charCodeAt(at + 1) === SINGLE_QUOTE) at += 2;
    else {
      const continued = continuation(text, at + 1);
      if (continued < 0) break;
      at = continued;
    }
  }
  token.kind = "string";
  token.end = at + 1;
}

/**
 * SQL joins `'a'` and `'b'` when a line end stands between them, and the second keeps the escapes of the first.
 * Returns the position after the second opening quote, or -1.
 */
function continuation(text: string, from: number): number {
  let at = from;
  let seenLineEnd = false;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SINGLE_QUOTE) return seenLineEnd ? at + 1 : -1;
    if (code === MINUS && seenLineEnd && text.charCodeAt(at + 1) === MINUS) at = endOfLine(text, at + 2);
    else if (isSpace(code)) {
      if (code === LINE_FEED || code === CARRIAGE_RETURN) seenLineEnd = true;
      at++;
    } else return -1;
  }
}

/** `$$…$$` and `$tag$…$tag$`. A `$` that opens nothing is a parameter such as `$1`, or a stray character. */
function readDollar(text: string, token: Token): void {
  token.kind = "other";
  let at = token.start + 1;
  if (isWordStart(text.charCodeAt(at))) {
    at++;
    while (isTagPart(text.charCodeAt(at))) at++;
  }
  if (text.charCodeAt(at) !== DOLLAR) return;
  const tag = text.slice(token.start, at + 1);
  const close = text.indexOf(tag, at + 1);
  token.kind = close < 0 ? "open" : "string";
  token.end = close < 0 ? text.length : close + tag.length;
}

function readBlockComment(text: string, token: Token): void {
  let depth = 1;
  let at = token.start + 2;
  while (depth > 0) {
    if (at >= text.length) {
      token.kind = "open";
      token.end = text.length;
      return;
    }
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code === STAR && next === SLASH) depth--;
    else if (code === SLASH && next === STAR) depth++;
    else {
      at++;
      continue;
    }
    at += 2;
  }
  token.kind = "blockComment";
  token.end = at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Digits, and the letters that are wrongly glued to them. `1$$…$$` is a number and a string. */
function skipNumber(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  if (!isWordStart(text.charCodeAt(at))) return at;
  while (isWordPart(text.charCodeAt(at))) at++;
  return at;
}

/** Position of the line end at or after `from`, or the end of the text. A lone carriage return ends a comment too. */
function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return at;
    at++;
  }
  return at;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const AMPERSAND = 38;
const SINGLE_QUOTE = 39;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const STAR = 42;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;
const LOWER_CASE_BIT = 32;
const LETTER_B = 98;
const LETTER_E = 101;
const LETTER_U = 117;
const LETTER_X = 120;
const BYTE_ORDER_MARK = 0xfeff;

/** The white space of PostgreSQL's scanner, and a byte order mark: files are concatenated with theirs inside. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === BYTE_ORDER_MARK;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, `_` and what is beyond ASCII: PostgreSQL works on bytes and takes all high ones. NaN is none. */
function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 128 && code !== BYTE_ORDER_MARK)
  );
}

function isTagPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === DOLLAR;
}
