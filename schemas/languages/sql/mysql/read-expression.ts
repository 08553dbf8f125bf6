import type { Cursor } from "./cursor.ts";

/**
 * The value behind DEFAULT or ON UPDATE as it is written: a literal, a call, a parenthesised expression, or several of
 * them joined by operators.
 */
export function readValue(cursor: Cursor): string {
  const first = cursor.at;
  readOperand(cursor);
  while (OPERATORS.has(cursor.word)) {
    cursor.next();
    readOperand(cursor);
  }
  return cursor.since(first);
}

function readOperand(cursor: Cursor): void {
  while (cursor.accept("-") || cursor.accept("+") || cursor.accept("~")) continue;
  if (cursor.word === "(") {
    cursor.parenthesised();
    return;
  }
  if (cursor.isString()) {
    cursor.string();
    return;
  }
  const lexeme = cursor.next();
  if (lexeme.kind === "symbol") {
    cursor.at--;
    cursor.fail("expected a value");
  }
  if (lexeme.word.startsWith("_") && cursor.isString()) {
    cursor.string();
    return;
  }
  if (lexeme.word === "NEXT" && cursor.accept("VALUE", "FOR")) {
    cursor.qualifiedName();
    return;
  }
  if (lexeme.word === "INTERVAL") {
    readOperand(cursor);
    cursor.next();
    return;
  }
  while (cursor.accept(".")) cursor.next();
  if (cursor.word === "(") cursor.parenthesised();
}

const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "|", "&", "^", "DIV", "MOD"]);
