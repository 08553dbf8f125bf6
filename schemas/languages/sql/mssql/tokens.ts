/**
 * A significant piece of T-SQL: white space and comments are left out. `key` is what a reader compares: the upper-case
 * text of a bare word or the symbol itself, empty for everything else.
 */
export interface Token {
  readonly kind: "word" | "name" | "string" | "number" | "variable" | "symbol" | "end";
  readonly start: number;
  readonly end: number;
  readonly key: string;
  /** A name without its quotes, a string's content, else the text. */
  readonly value: string;
}

/** What a string, name or comment that the text ends inside of is called. */
export interface OpenText {
  readonly start: number;
  readonly what: "comment" | "quoted name" | "string";
}

/** Scanner over one text. `next` gives null at the end; work is linear: each character is looked at a bounded number of times. */
export interface Scanner {
  readonly text: string;
  at: number;
  open: OpenText | null;
  /** Replaces `$(name)` and `$name$`; null when it has no value. */
  readonly variable: (name: string) => string | null;
}

/** Reads the next significant token and moves behind it. */
export function nextToken(scanner: Scanner): Token | null {
  skipBlank(scanner);
  const { text, at } = scanner;
  if (at >= text.length) return null;
  const code = text.charCodeAt(at);
  if (code === BRACKET) return quoted(scanner, "]", at + 1, "name");
  if (code === DOUBLE_QUOTE) return quoted(scanner, '"', at + 1, "name");
  if (code === SINGLE_QUOTE) return quoted(scanner, "'", at + 1, "string");
  if ((code | 32) === LETTER_N && text.charCodeAt(at + 1) === SINGLE_QUOTE)
    return quoted(scanner, "'", at + 2, "string");
  if (code === AT) return run(scanner, "variable");
  if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)) && !endsName(text, at)))
    return number(scanner);
  if (code === DOLLAR) return dollar(scanner);
  if (isWordStart(code)) return run(scanner, "word");
  return symbol(scanner);
}

function skipBlank(scanner: Scanner): void {
  const { text } = scanner;
  let { at } = scanner;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at++;
    else if (code === DASH && text.charCodeAt(at + 1) === DASH) {
      const lineFeed = text.indexOf("\n", at);
      at = lineFeed < 0 ? text.length : lineFeed;
    } else if (code === SLASH && text.charCodeAt(at + 1) === STAR) at = skipComment(scanner, at);
    else break;
  }
  scanner.at = at;
}

/** Comments nest. Offset behind the comment at `start`. */
function skipComment(scanner: Scanner, start: number): number {
  const { text } = scanner;
  let depth = 1;
  let at = start + 2;
  while (depth > 0) {
    if (at >= text.length) {
      scanner.open = { start, what: "comment" };
      return text.length;
    }
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code === STAR && next === SLASH) {
      depth--;
      at += 2;
    } else if (code === SLASH && next === STAR) {
      depth++;
      at += 2;
    } else at++;
  }
  return at;
}

function quoted(scanner: Scanner, close: string, from: number, kind: "name" | "string"): Token {
  const { text, at: start } = scanner;
  for (let at = from; ; at += 2) {
    at = text.indexOf(close, at);
    if (at < 0) {
      scanner.open = { start, what: kind === "name" ? "quoted name" : "string" };
      at = text.length;
    } else if (text.startsWith(close, at + 1)) continue;
    const end = Math.min(at + 1, text.length);
    scanner.at = end;
    const raw = text.slice(from, at);
    const value = raw.includes(close) ? raw.replaceAll(close + close, close) : raw;
    return { kind, start, end, key: "", value: value.includes("$") ? fill(value, scanner.variable) : value };
  }
}

function run(scanner: Scanner, kind: "word" | "variable"): Token {
  const { text, at: start } = scanner;
  let end = start + 1;
  while (isWordPart(text.charCodeAt(end))) end++;
  scanner.at = end;
  const value = text.slice(start, end);
  return { kind, start, end, key: kind === "word" ? value.toUpperCase() : "", value };
}

/** `0x1F`, `1.5e-3`; digits never run into a name. */
function number(scanner: Scanner): Token {
  const { text, at: start } = scanner;
  let end = start;
  if (text.charCodeAt(end) === ZERO && (text.charCodeAt(end + 1) | 32) === LETTER_X) {
    end += 2;
    while (isHexDigit(text.charCodeAt(end))) end++;
  } else {
    end = digits(text, end);
    if (text.charCodeAt(end) === DOT) end = digits(text, end + 1);
    if ((text.charCodeAt(end) | 32) === LETTER_E) {
      const sign = text.charAt(end + 1);
      const from = sign === "+" || sign === "-" ? end + 2 : end + 1;
      const to = digits(text, from);
      if (to > from) end = to;
    }
  }
  scanner.at = end;
  return { kind: "number", start, end, key: "", value: text.slice(start, end) };
}

/** Money `$1.50`, sqlcmd's `$(name)`, DbUp's `$name$`, and pseudo columns such as `$action`. */
function dollar(scanner: Scanner): Token {
  const { text, at: start } = scanner;
  const match = placeholderAt(text, start);
  if (match) {
    scanner.at = match.end;
    const value = scanner.variable(match.name) ?? text.slice(start, match.end);
    return { kind: "word", start, end: match.end, key: value.toUpperCase(), value };
  }
  const after = text.charCodeAt(start + 1);
  if (!isDigit(after) && after !== DOT) return run(scanner, "word");
  const token = number({ ...scanner, at: start + 1 });
  scanner.at = token.end;
  return { kind: "number", start, end: token.end, key: "", value: text.slice(start, token.end) };
}

function symbol(scanner: Scanner): Token {
  const { text, at: start } = scanner;
  const pair = text.slice(start, start + 2);
  const end = PAIRS.has(pair) ? start + 2 : start + 1;
  scanner.at = end;
  const value = text.slice(start, end);
  return { kind: "symbol", start, end, key: value, value };
}

/** Replaces the placeholders in a quoted text. */
function fill(text: string, variable: Scanner["variable"]): string {
  let filled = "";
  let from = 0;
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", Math.max(at + 1, from))) {
    const match = placeholderAt(text, at);
    const value = match ? variable(match.name) : null;
    if (!match || value === null) continue;
    filled += text.slice(from, at) + value;
    from = match.end;
  }
  return filled + text.slice(from);
}

/** A name in a placeholder may be this long; DbUp and sqlcmd have no stated limit. */
const LONGEST_PLACEHOLDER = 128;

function placeholderAt(text: string, at: number): { readonly name: string; readonly end: number } | null {
  const isCommand = text.charAt(at + 1) === "(";
  const from = isCommand ? at + 2 : at + 1;
  if (!isWordStart(text.charCodeAt(from))) return null;
  let end = from + 1;
  while (end - from < LONGEST_PLACEHOLDER && isWordPart(text.charCodeAt(end)) && text.charAt(end) !== "$") end++;
  if (text.charAt(end) !== (isCommand ? ")" : "$")) return null;
  return { name: text.slice(from, end), end: end + 1 };
}

function digits(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** A dot right behind a name is a qualifier's, even before a digit. */
function endsName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isWordPart(before) || before === CLOSE_BRACKET || before === DOUBLE_QUOTE;
}

const PAIRS: ReadonlySet<string> = new Set(["<>", "<=", ">=", "!=", "!<", "!>", "::", "+=", "-=", "*=", "/=", "||"]);
const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BRACKET = 91;
const CLOSE_BRACKET = 93;
const DOLLAR = 36;
const DASH = 45;
const SLASH = 47;
const STAR = 42;
const AT = 64;
const DOT = 46;
const ZERO = 48;
const LETTER_E = 101;
const LETTER_N = 110;
const LETTER_X = 120;

const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0 || code === 0xfeff || code === 0xa0 || code === 0x3000;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
const isWordStart = (code: number): boolean =>
  isLetter(code) || code === 95 || code === 35 || (code >= 0x80 && !isSpace(code));
const isWordPart = (code: number): boolean => isWordStart(code) || isDigit(code) || code === AT || code === DOLLAR;
