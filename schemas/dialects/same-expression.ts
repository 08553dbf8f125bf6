/** A token of an expression. Names are without quotes and in lower case, words in upper case. */
export interface ExpressionToken {
  readonly kind: "name" | "word" | "symbol" | "value";
  readonly text: string;
}

/**
 * An expression in one form, for comparison: what a server adds or changes when it prints one is taken away
 * (parentheses that change nothing, qualifiers of columns, IN and BETWEEN for what they stand for). Grouping counts:
 * `(a + b) * c` is not `a + b * c`. What cannot be read keeps its tokens as they are.
 */
export function canonicalExpression(tokens: readonly ExpressionToken[]): string {
  const reading: Reading = { tokens, at: 0, depth: 0, chains: new Map() };
  try {
    const text = expression(reading, 0);
    if (reading.at === tokens.length) return text;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return tokens.map(({ kind, text }) => (kind === "value" ? text : text.toLowerCase())).join(" ");
}

class Unreadable extends Error {}

interface Reading {
  readonly tokens: readonly ExpressionToken[];
  at: number;
  depth: number;
  /** Chains of AND and OR by their text. */
  readonly chains: Map<string, { readonly word: string; readonly parts: readonly string[] }>;
}

const DEEPEST = 200;

/** How tightly operators bind, in MySQL and SQL Server alike where both have them. */
const POWERS: Readonly<Record<string, number>> = {
  OR: 1,
  "||": 1,
  XOR: 2,
  AND: 3,
  "&&": 3,
  "=": 5,
  "<=>": 5,
  "<>": 5,
  "!=": 5,
  "<": 5,
  ">": 5,
  "<=": 5,
  ">=": 5,
  "!<": 5,
  "!>": 5,
  IS: 5,
  IN: 5,
  LIKE: 5,
  BETWEEN: 5,
  REGEXP: 5,
  RLIKE: 5,
  NOT: 5,
  "|": 6,
  "&": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
  DIV: 10,
  MOD: 10,
  "^": 11,
  "->": 13,
  "->>": 13,
  COLLATE: 13,
};
const NOT_POWER = 4;
const SIGN_POWER = 12;
const ALIASES: Readonly<Record<string, string>> = {
  "&&": "AND",
  "!=": "<>",
  RLIKE: "REGEXP",
  "!<": ">=",
  "!>": "<=",
  MOD: "%",
};

function expression(reading: Reading, least: number): string {
  if (++reading.depth > DEEPEST) throw new Unreadable();
  let left = operand(reading);
  for (;;) {
    const word = peek(reading);
    const power = Object.hasOwn(POWERS, word) ? (POWERS[word] ?? 0) : 0;
    if (power <= least) break;
    reading.at++;
    left = infix(reading, left, word, power);
  }
  reading.depth--;
  return left;
}

function infix(reading: Reading, left: string, word: string, power: number): string {
  if (word === "NOT") {
    const inner = peek(reading);
    reading.at++;
    return node("not", infix(reading, left, inner, power));
  }
  if (word === "IS") {
    const isNegated = accept(reading, "NOT");
    const test = node("is", left, take(reading).text);
    return isNegated ? node("not", test) : test;
  }
  if (word === "BETWEEN") {
    const low = expression(reading, POWERS["AND"] ?? 0);
    if (!accept(reading, "AND")) throw new Unreadable();
    return chain(reading, "and", [node(">=", left, low), node("<=", left, expression(reading, power))]);
  }
  if (word === "IN") return choice(reading, left, list(reading));
  const right = expression(reading, power);
  if (word === "OR" || word === "AND") return chain(reading, word.toLowerCase(), [left, right]);
  return node((ALIASES[word] ?? word).toLowerCase(), left, right);
}

/** `a IN (1, 2)` and `a = 2 OR a = 1` are the same. */
function choice(reading: Reading, left: string, values: readonly string[]): string {
  const tests = values.map((value) => node("=", left, value));
  return tests.length === 1 ? (tests[0] ?? "") : chain(reading, "or", tests);
}

/** AND and OR in any order and depth. */
function chain({ chains }: Reading, word: string, parts: readonly string[]): string {
  const flat = parts.flatMap((part) => {
    const inner = chains.get(part);
    return inner?.word === word ? inner.parts : [part];
  });
  const text = node(word, ...flat.toSorted());
  chains.set(text, { word, parts: flat });
  return text;
}

const node = (name: string, ...parts: readonly string[]): string => `(${name} ${parts.join(" ")})`;

function operand(reading: Reading): string {
  const token = take(reading);
  if (token.kind === "value") return token.text;
  if (token.text === "(") return group(reading);
  if (token.text === "-" || token.text === "+" || token.text === "~") return signed(reading, token.text);
  if (token.text === "NOT" || token.text === "!") return node("not", expression(reading, NOT_POWER));
  if (token.text === "CASE") return cases(reading);
  if (token.text === "INTERVAL") return node("interval", expression(reading, 0), take(reading).text);
  if (token.kind === "symbol") throw new Unreadable();
  return named(reading, token);
}

function signed(reading: Reading, sign: string): string {
  const value = expression(reading, SIGN_POWER);
  return sign === "+" ? value : node(sign, value);
}

/** A column or a call; the last part of a qualified name counts. */
function named(reading: Reading, first: ExpressionToken): string {
  let last = first;
  while (accept(reading, ".")) last = take(reading);
  const name = last.text.toLowerCase();
  // A charset's introducer before a string says nothing that is compared.
  if (last.kind === "word" && last.text.startsWith("_") && reading.tokens[reading.at]?.kind === "value")
    return take(reading).text;
  const known = FUNCTIONS.get(name) ?? name;
  if (peek(reading) !== "(") return CLOCKS.has(known) ? known : name;
  const parts = list(reading);
  return parts.length === 0 && CLOCKS.has(known) ? known : node(`${known}()`, ...parts);
}

/** Functions under the names by which servers print them, by one of their names. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["lcase", "lower"],
  ["ucase", "upper"],
  ["substr", "substring"],
  ["mid", "substring"],
  ["character_length", "char_length"],
  ["octet_length", "length"],
  ["pow", "power"],
  ["ceil", "ceiling"],
  ["now", "current_timestamp"],
  ["localtime", "current_timestamp"],
  ["localtimestamp", "current_timestamp"],
  ["curdate", "current_date"],
  ["curtime", "current_time"],
]);

/** They are called with parentheses or without. */
const CLOCKS: ReadonlySet<string> = new Set(["current_timestamp", "current_date", "current_time"]);

function group(reading: Reading): string {
  reading.at--;
  const parts = list(reading);
  return parts.length === 1 ? (parts[0] ?? "") : node("list", ...parts);
}

/** What stands in parentheses, by commas; words that are no expression, such as `AS char(3)`, are kept. */
function list(reading: Reading): readonly string[] {
  if (!accept(reading, "(")) throw new Unreadable();
  const parts: string[] = [];
  while (!accept(reading, ")")) {
    let text = expression(reading, 0);
    while (peek(reading) !== "," && peek(reading) !== ")") {
      text += ` ${peek(reading) === "(" ? node("list", ...list(reading)) : take(reading).text.toLowerCase()}`;
    }
    accept(reading, ",");
    parts.push(text);
  }
  return parts;
}

function cases(reading: Reading): string {
  const parts: string[] = [];
  if (peek(reading) !== "WHEN") parts.push(expression(reading, 0));
  while (accept(reading, "WHEN")) {
    const condition = expression(reading, 0);
    if (!accept(reading, "THEN")) throw new Unreadable();
    parts.push(node("when", condition, expression(reading, 0)));
  }
  if (accept(reading, "ELSE")) parts.push(node("else", expression(reading, 0)));
  if (!accept(reading, "END")) throw new Unreadable();
  return node("case", ...parts);
}

/** The word or symbol that comes next; empty for names, values and the end. */
function peek({ tokens, at }: Reading): string {
  const token = tokens[at];
  return token?.kind === "word" || token?.kind === "symbol" ? token.text : "";
}

function accept(reading: Reading, text: string): boolean {
  if (peek(reading) !== text) return false;
  reading.at++;
  return true;
}

function take(reading: Reading): ExpressionToken {
  const token = reading.tokens[reading.at++];
  if (!token) throw new Unreadable();
  return token;
}
