import type { Reader } from "./reader.ts";
import type { Token } from "./tokens.ts";

/**
 * An expression between two token indexes in one form: no comments, one space where white space was, function names in
 * lower case and no parentheses around the whole, which SQL Server adds and scripts mostly do not.
 */
export function expressionText(reader: Reader, from: number, to: number): string {
  const [start, end] = withoutParens(reader, from, to);
  let text = "";
  let before: Token | null = null;
  for (let index = start; index < end; index++) {
    const token = reader.tokens[index];
    if (!token) break;
    const next = index + 1 < end ? reader.tokens[index + 1] : undefined;
    if (before && isApart(before, token)) text += " ";
    text += tokenText(reader, token, next, before);
    before = token;
  }
  return text;
}

function isApart(before: Token, token: Token): boolean {
  if (before.key === "(" || before.key === ".") return false;
  // What stands in parentheses behind an operator is no list of arguments.
  if (token.key === "(" && OPERATORS.has(before.key)) return true;
  return token.start > before.end && !GLUED.has(token.key);
}

function tokenText(reader: Reader, token: Token, next: Token | undefined, before: Token | null): string {
  if (token.kind === "word") {
    return next?.key === "(" && before?.key !== "." && !OPERATORS.has(token.key)
      ? token.value.toLowerCase()
      : token.value;
  }
  return reader.text.slice(token.start, token.end);
}

function withoutParens(reader: Reader, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = Math.min(to, reader.tokens.length);
  while (end - start > 2 && reader.tokens[start]?.key === "(" && reader.closeOf(start) === end - 1) {
    start++;
    end--;
  }
  return [start, end];
}

const GLUED: ReadonlySet<string> = new Set([")", ",", ".", "("]);
const OPERATORS: ReadonlySet<string> = new Set([
  "IN",
  "AND",
  "OR",
  "NOT",
  "EXISTS",
  "LIKE",
  "BETWEEN",
  "THEN",
  "ELSE",
  "WHEN",
]);
