import type { Problem } from "../../../problem.ts";
import type { SourceFile, SourceRef, SourceStatement } from "../../../source.ts";
import { lineCursor } from "../../line-cursor.ts";
import { newBody, takeBodyToken, type Body } from "./body-depth.ts";
import { clientCommandProblem, openBodyProblem, openTextProblem, readClientCommand } from "./client-commands.ts";
import { newScanner, readToken, type Scanner, type Token } from "./tokens.ts";

export interface MysqlStatementText extends SourceStatement {
  /** Offset of the text in its file. */
  readonly offset: number;
}

export interface SplitResult {
  readonly statements: readonly MysqlStatementText[];
  readonly problems: readonly Problem[];
}

export interface SplitOptions {
  /** Line of the text's first character in the file on disk. Default 1. */
  readonly firstLine?: number;
  readonly runs: Scanner["runs"];
}

/**
 * Cuts a MySQL script into statements in one pass. `DELIMITER` changes the terminator; a routine's body keeps its
 * semicolons without one too, as a driver sends it. Client commands are left out and reported (QG213), and so is what
 * an open quote or body swallows (QG207).
 */
export function splitStatements(file: SourceFile, options: SplitOptions): SplitResult {
  const split = new Split(file, options);
  split.run();
  return { statements: split.statements, problems: split.problems };
}

class Split {
  readonly statements: MysqlStatementText[] = [];
  readonly problems: Problem[] = [];
  readonly #file: SourceFile;
  readonly #scanner: Scanner;
  readonly #starts: (offset: number) => SourceRef;
  readonly #ends: (offset: number) => SourceRef;
  #delimiter = ";";
  /** Offset of the next delimiter that is not a semicolon; behind it when it was passed. */
  #nextDelimiter = -1;
  #start: SourceRef | null = null;
  #startOffset = 0;
  #endOffset = 0;
  #body: Body = newBody();

  constructor(file: SourceFile, { firstLine = 1, runs }: SplitOptions) {
    this.#file = file;
    this.#scanner = newScanner(file.text, runs);
    const starts = lineCursor(file.text, firstLine);
    const ends = lineCursor(file.text, firstLine);
    this.#starts = (offset) => ({ file: file.path, ...starts.at(offset) });
    this.#ends = (offset) => ({ file: file.path, ...ends.at(offset) });
  }

  run(): void {
    const { text } = this.#file;
    const token: Token = { kind: "space", start: 0, end: 0 };
    for (let at = 0; at < text.length;) {
      if (this.#isDelimiter(at)) {
        this.#end();
        at += this.#delimiter.length;
        continue;
      }
      readToken(this.#scanner, at, token);
      if (this.#start === null && token.kind === "symbol" && text.startsWith("--", at)) {
        // Between statements the client takes any line that begins with two dashes for a comment.
        const lineFeed = text.indexOf("\n", at);
        at = lineFeed < 0 ? text.length : lineFeed;
        continue;
      }
      this.#cutAtDelimiter(token);
      at = this.#take(token);
    }
    if (this.#start && this.#body.openings > 0) {
      this.problems.push(openBodyProblem(this.#start));
      this.#start = null;
    }
    this.#end();
  }

  /** Offset where the next token begins. */
  #take(token: Token): number {
    const { text } = this.#file;
    switch (token.kind) {
      case "space":
      case "comment":
        return token.end;
      case "open":
        this.problems.push(openTextProblem(text.charAt(token.start), this.#starts(token.start), this.#start));
        this.#start = null;
        return token.end;
      default:
    }
    const command = readClientCommand(text, token, this.#start !== null);
    if (command) {
      const origin = this.#starts(token.start);
      if (command.endsStatement) this.#end();
      if (command.delimiter !== undefined) this.#setDelimiter(command.delimiter);
      else if (!command.endsStatement) this.problems.push(clientCommandProblem(command, origin));
      return command.end;
    }
    if (this.#start === null) {
      this.#start = this.#starts(token.start);
      this.#startOffset = token.start;
      this.#body = newBody();
    }
    this.#endOffset = token.end;
    takeBodyToken(this.#body, text, token);
    return token.end;
  }

  #setDelimiter(delimiter: string): void {
    this.#delimiter = delimiter;
    this.#nextDelimiter = -1;
  }

  #isDelimiter(at: number): boolean {
    const { text } = this.#file;
    if (this.#delimiter === ";") return text.charCodeAt(at) === SEMICOLON && this.#body.openings === 0;
    return this.#delimiterFrom(at) === at;
  }

  /** A delimiter may stand inside what else were one token: `END$$`. */
  #cutAtDelimiter(token: Token): void {
    if (this.#delimiter === ";" || token.kind === "string" || token.kind === "name" || token.kind === "comment") return;
    const found = this.#delimiterFrom(token.start);
    if (found > token.start && found < token.end) token.end = found;
  }

  #delimiterFrom(at: number): number {
    if (this.#nextDelimiter < at) {
      const found = this.#file.text.indexOf(this.#delimiter, at);
      this.#nextDelimiter = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#nextDelimiter;
  }

  #end(): void {
    const start = this.#start;
    this.#body = newBody();
    if (start === null) return;
    const text = this.#file.text.slice(this.#startOffset, this.#endOffset);
    const end = this.#ends(this.#endOffset);
    this.#start = null;
    this.statements.push({
      span: { ...start, endLine: end.line, endColumn: end.column },
      text,
      index: this.statements.length,
      offset: this.#startOffset,
    });
  }
}

const SEMICOLON = 59;
