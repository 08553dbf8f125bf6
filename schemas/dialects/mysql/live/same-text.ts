import { newScanner, readToken, type Token } from "../../../languages/sql/mysql/tokens.ts";
import { plainText } from "../../../languages/sql/mysql/cursor.ts";
import { mysqlFacts, type MysqlVersion } from "../facts.ts";
import { canonicalExpression, type ExpressionToken } from "../../same-expression.ts";

/** Whether an expression that the server printed is the one that was written. */
export function isSameMysqlExpression(version: MysqlVersion, live: string, committed: string): boolean {
  const [one, other] = [live, committed].map((text) => canonicalExpression(expressionTokens(version, text)));
  return one === other;
}

/**
 * Whether a statement that the server printed is the one that was written: spaces, comments, letter case of words,
 * quotes of names and who defined it apart.
 */
export function isSameMysqlStatement(version: MysqlVersion, live: string, committed: string): boolean {
  const [one, other] = [live, committed].map((text) => withoutHead(expressionTokens(version, text)));
  return one === other;
}

/**
 * Whether a query that the server printed is the one that was written. The server spells out `*`, qualifies names and
 * puts joins into parentheses: those are left out on both sides, and behind a `*` only what follows FROM is compared,
 * because the columns of the view are compared by themselves.
 */
export function isSameMysqlQuery(version: MysqlVersion, live: string, committed: string): boolean {
  const [one, other] = [live, committed].map((text) => expressionTokens(version, text));
  if (!one || !other) return false;
  if (queryText(one) === queryText(other)) return true;
  const hasStar = other.some(({ text }, at) => text === "*" && isListStart(other[at - 1]?.text));
  return hasStar && queryText(behindFrom(one)) === queryText(behindFrom(other));
}

export function expressionTokens(version: MysqlVersion, text: string): readonly ExpressionToken[] {
  const scanner = newScanner(text, mysqlFacts(version).runs);
  const token: Token = { kind: "space", start: 0, end: 0 };
  const tokens: ExpressionToken[] = [];
  for (let at = 0; at < text.length; at = token.end) {
    readToken(scanner, at, token);
    const piece = text.slice(token.start, token.end);
    switch (token.kind) {
      case "space":
      case "comment":
      case "codeOpen":
      case "codeClose":
        break;
      case "name":
        tokens.push({ kind: "name", text: piece.slice(1, -1).replaceAll("``", "`").toLowerCase() });
        break;
      case "string":
        tokens.push({ kind: "value", text: JSON.stringify(plainText(piece, "string")) });
        break;
      case "number":
        tokens.push({ kind: "value", text: piece.toLowerCase() });
        break;
      default:
        tokens.push({ kind: token.kind === "symbol" ? "symbol" : "word", text: piece.toUpperCase() });
    }
  }
  return tokens;
}

/** A CREATE statement without who defined it, how it is run, and what a server adds to an event. */
function withoutHead(tokens: readonly ExpressionToken[]): string {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? "";
    if (text === "DEFINER" && tokens[at + 1]?.text === "=") {
      at += 2;
      if (tokens[at + 1]?.text.startsWith("@") === true) at += tokens[at + 1]?.text === "@" ? 2 : 1;
      continue;
    }
    if (text === "OR" && tokens[at + 1]?.text === "REPLACE") at++;
    else if (text === "IF" && tokens[at + 1]?.text === "NOT" && tokens[at + 2]?.text === "EXISTS") at += 2;
    else if (text === "ON" && tokens[at + 1]?.text === "COMPLETION" && tokens[at + 2]?.text === "NOT") at += 3;
    else if (text === "STARTS") at++;
    else if (text === "ENABLE" && tokens[at + 1]?.text === "DO") continue;
    else out.push(text.toUpperCase());
  }
  return out.join(" ");
}

/** Qualifiers, parentheses, AS, and an alias that repeats the column's name are the server's. */
function queryText(tokens: readonly ExpressionToken[]): string {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const text = tokens[at]?.text.toUpperCase() ?? "";
    const before = tokens[at - 1]?.text.toUpperCase();
    if (tokens[at + 1]?.text === "." || text === "." || text === "(" || text === ")" || text === "AS") continue;
    // COUNT(*) is printed as count(0).
    if (text === "*" || text === "0") {
      out.push(tokens[at - 2]?.text.toUpperCase() === "COUNT" ? "*" : text);
      continue;
    }
    if (text === "INNER" || (before === "AS" && text === out.at(-1))) continue;
    out.push(text);
  }
  return out.join(" ");
}

const isListStart = (text: string | undefined): boolean =>
  text === "SELECT" || text === "," || text === "." || text === "DISTINCT";

function behindFrom(tokens: readonly ExpressionToken[]): readonly ExpressionToken[] {
  const at = tokens.findIndex(({ kind, text }) => kind === "word" && text === "FROM");
  return at < 0 ? tokens : tokens.slice(at);
}
