import type { Dialect } from "#schemas/model.ts";
import { newScanner, readToken as readMysqlToken, type Token as MysqlToken } from "./mysql/tokens.ts";
import { nextToken } from "./mssql/tokens.ts";
import { readToken, type Token } from "./postgres/tokens.ts";

/** What stands in SQL where a value of the users' data stood. */
export const TEXT_PLACEHOLDER = ":text";
export const NUMBER_PLACEHOLDER = ":number";

/**
 * SQL without values and comments: strings become `:text`, numbers `:number`. Names, key words and operators stay, so
 * that its structure can be read. Text that ends inside a string, a comment or a quoted name loses that part.
 */
export function maskLiterals(sql: string, dialect: Dialect): string {
  const pieces = { postgres: postgresPieces, mysql: mysqlPieces, mssql: mssqlPieces }[dialect](sql);
  let masked = "";
  for (const piece of pieces) {
    if (piece.kind === "space") masked += masked === "" || masked.endsWith(" ") ? "" : " ";
    else masked += piece.text;
  }
  return masked.trim();
}

interface Piece {
  readonly kind: "space" | "text";
  readonly text: string;
}

const SPACE: Piece = { kind: "space", text: " " };

function* postgresPieces(sql: string): Generator<Piece> {
  const token: Token = { kind: "space", start: 0, end: 0 };
  // The splitter's scanner reads `1.5` as three pieces.
  let isInNumber = false;
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(sql, at, token);
    const text = sql.slice(token.start, token.end);
    if (token.kind === "open") return;
    if (isInNumber && (token.kind === "dot" || token.kind === "number")) continue;
    isInNumber = token.kind === "number";
    if (token.kind === "string") yield { kind: "text", text: TEXT_PLACEHOLDER };
    else if (token.kind === "number") yield { kind: "text", text: NUMBER_PLACEHOLDER };
    else if (token.kind === "space" || token.kind === "lineComment" || token.kind === "blockComment") yield SPACE;
    else yield { kind: "text", text };
  }
}

function* mysqlPieces(sql: string): Generator<Piece> {
  const scanner = newScanner(sql, () => true);
  const token: MysqlToken = { kind: "space", start: 0, end: 0 };
  for (let at = 0; at < sql.length; at = token.end) {
    readMysqlToken(scanner, at, token);
    const text = sql.slice(token.start, token.end);
    if (token.kind === "open") return;
    if (token.kind === "string") yield { kind: "text", text: TEXT_PLACEHOLDER };
    else if (token.kind === "number") yield { kind: "text", text: NUMBER_PLACEHOLDER };
    else if (token.kind === "space" || token.kind === "comment") yield SPACE;
    else yield { kind: "text", text };
  }
}

function* mssqlPieces(sql: string): Generator<Piece> {
  const scanner = { text: sql, at: 0, open: null, variable: () => null };
  let end = 0;
  for (let token = nextToken(scanner); token !== null; token = nextToken(scanner)) {
    // A string, comment or name that never ends: the scanner has gone to the end of the text.
    if (scanner.open !== null) return;
    if (token.start > end) yield SPACE;
    end = token.end;
    const text = sql.slice(token.start, token.end);
    if (token.kind === "string") yield { kind: "text", text: TEXT_PLACEHOLDER };
    else if (token.kind === "number") yield { kind: "text", text: NUMBER_PLACEHOLDER };
    else yield { kind: "text", text };
  }
}
