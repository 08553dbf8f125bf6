import { Cursor } from "../mysql/cursor.ts";
import { tokensOf } from "../mssql/parse-name.ts";
import type { Grammar } from "./ast.ts";

/** A token of a query, the same for every dialect. */
export interface QueryToken {
  readonly kind: "word" | "name" | "string" | "number" | "variable" | "parameter" | "symbol" | "end";
  /** A bare word in upper case or a symbol; else empty. */
  readonly key: string;
  /** A name without its quotes, a string's content, else the text. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text in order; comments are left out. Never throws. */
export function queryTokens(text: string, grammar: Grammar): readonly QueryToken[] {
  return grammar === "mysql" ? mysqlTokens(text) : mssqlTokens(text);
}

function mssqlTokens(text: string): readonly QueryToken[] {
  return tokensOf(text).flatMap(({ kind, key, value, start, end }) =>
    kind === "end"
      ? []
      : [key === "?" ? { kind: "parameter", key: "", value, start, end } : { kind, key, value, start, end }],
  );
}

/** MySQL's scanner gives symbols one by one; the longest operator counts. */
const OPERATORS = ["<=>", "->>", "<=", ">=", "<>", "!=", "<<", ">>", "&&", "||", ":=", "->"];

function mysqlTokens(text: string): readonly QueryToken[] {
  const cursor = new Cursor(text, (mark) => mark.startsWith("!") && Number(mark.slice(1) || "0") <= NEWEST);
  const { lexemes } = cursor;
  const tokens: QueryToken[] = [];
  for (let index = 0; index < lexemes.length; index++) {
    const lexeme = lexemes[index];
    if (!lexeme) break;
    const { kind, start, end, word } = lexeme;
    if (kind === "symbol") {
      const operator = OPERATORS.find((one) => text.startsWith(one, start));
      if (operator) {
        while ((lexemes[index + 1]?.start ?? text.length) < start + operator.length) index++;
        tokens.push({ kind: "symbol", key: operator, value: operator, start, end: start + operator.length });
        continue;
      }
      const isNamed = word === ":" && lexemes[index + 1]?.kind === "word" && lexemes[index + 1]?.start === end;
      if (word === "?" || isNamed) {
        if (isNamed) index++;
        tokens.push({ kind: "parameter", key: "", value: word, start, end: lexemes[index]?.end ?? end });
        continue;
      }
      tokens.push({ kind: "symbol", key: word, value: word, start, end });
      continue;
    }
    if (kind === "word" || kind === "name" || kind === "string" || kind === "number" || kind === "variable") {
      tokens.push({ kind, key: kind === "word" ? word : "", value: cursor.plain(lexeme), start, end });
    }
  }
  return tokens;
}

/** Executable comments up to this version count: the newest MySQL. */
const NEWEST = 99_999;
