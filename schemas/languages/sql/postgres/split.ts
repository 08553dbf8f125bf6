import type { Problem } from "../../../problem.ts";
import type { SourceFile, SourceRef, SourceSpan, SourceStatement } from "../../../source.ts";
import { lineCursor } from "../../line-cursor.ts";
import { clientCommandProblem, readClientCommand, reportKey } from "./client-commands.ts";
import { findCopyEnd } from "./copy-data.ts";
import { dataProblem, nulProblem, openBodyProblem, openDataProblem, openTextProblem } from "./split-problems.ts";
import type { StatementShape } from "./statement-shape.ts";
import { addToken, clientEncoding, keepsSemicolon, newShape, standardStrings } from "./statement-shape.ts";
import type { StringMode, Token } from "./tokens.ts";
import { readToken } from "./tokens.ts";

/** A comment near a statement, without its markers and the white space around it. `line` is where it begins. */
export interface StatementComment {
  readonly text: string;
  readonly line: number;
}

export interface SplitStatement extends SourceStatement {
  /** Comments between the statement before and this one, in order. */
  readonly leadingComments: readonly StatementComment[];
  /** Comments after the statement on its last line, when no other statement follows on that line. */
  readonly trailingComments: readonly StatementComment[];
}

export interface SplitOptions {
  /** Line of the text's first character in the file on disk. Default 1. */
  readonly firstLine?: number;
}

export interface SplitResult {
  readonly statements: readonly SplitStatement[];
  readonly problems: readonly Problem[];
}

/**
 * Cuts a PostgreSQL script into the statements an engine can run, in one pass whatever the size. Left out and
 * reported: psql commands (QG213), the data of `COPY … FROM stdin` (QG211), what an open quote swallows (QG207),
 * statements with a NUL character (QG206). Left out silently: `SET client_encoding`, because the text is decoded.
 */
export function splitStatements(file: SourceFile, options: SplitOptions = {}): SplitResult {
  const split = newSplit(file, options.firstLine ?? 1);
  const { text } = file;
  const token: Token = { kind: "other", start: 0, end: 0 };
  for (let at = 0; at < text.length; at = split.resumeAt ?? token.end) {
    split.resumeAt = null;
    readToken(text, at, token, split.stringMode);
    takeToken(split, token);
  }
  finish(split);
  return { statements: split.statements, problems: split.problems };
}

/** Where a pass stands. */
interface Split {
  readonly file: SourceFile;
  /** The place of an offset, for starts; each kind of place is asked for in ascending order. */
  readonly startPlace: (offset: number) => SourceRef;
  readonly endPlace: (offset: number) => SourceRef;
  readonly hasNul: boolean;
  readonly statements: SplitStatement[];
  readonly problems: Problem[];
  readonly reportedCommands: Set<string>;
  stringMode: StringMode;
  shape: StatementShape;
  /** Start of the open statement; null between statements. */
  start: SourceRef | null;
  startOffset: number;
  /** End of the last token that is neither white space nor comment. */
  endOffset: number;
  /** Comments of which it is not yet known what they lead or trail. */
  comments: StatementComment[];
  /** What leads the open statement. */
  leading: StatementComment[];
  /** What trails the statement that ended on this line; null on the next line. */
  trailing: StatementComment[] | null;
  /** A command whose data begins on the next line. */
  pendingData: { readonly command: string; readonly origin: SourceRef } | null;
  /** Set when the next token does not begin where this one ends. */
  resumeAt: number | null;
}

function newSplit(file: SourceFile, firstLine: number): Split {
  const starts = lineCursor(file.text, firstLine);
  const ends = lineCursor(file.text, firstLine);
  return {
    file,
    startPlace: (offset) => ({ file: file.path, ...starts.at(offset) }),
    endPlace: (offset) => ({ file: file.path, ...ends.at(offset) }),
    hasNul: file.text.includes("\0"),
    statements: [],
    problems: [],
    reportedCommands: new Set(),
    stringMode: "standard",
    shape: newShape(),
    start: null,
    startOffset: 0,
    endOffset: 0,
    comments: [],
    leading: [],
    trailing: null,
    pendingData: null,
    resumeAt: null,
  };
}

function takeToken(split: Split, token: Token): void {
  switch (token.kind) {
    case "space":
      takeSpace(split, token);
      return;
    case "lineComment":
    case "blockComment":
      takeComment(split, token);
      return;
    case "open":
      takeOpen(split, token);
      return;
    case "semicolon":
      if (keepsSemicolon(split.shape)) takeText(split, token);
      else endStatement(split);
      return;
    case "backslash":
      takeBackslash(split, token);
      return;
    default:
      takeText(split, token);
  }
}

function takeText(split: Split, token: Token): void {
  if (split.start === null) {
    split.start = split.startPlace(token.start);
    split.startOffset = token.start;
    split.leading = split.comments;
    split.trailing = null;
  }
  if (split.comments.length > 0) split.comments = [];
  split.endOffset = token.end;
  addToken(split.shape, token, split.file.text);
}

function takeSpace(split: Split, token: Token): void {
  if (split.trailing === null && split.pendingData === null) return;
  const lineFeed = split.file.text.slice(token.start, token.end).indexOf("\n");
  if (lineFeed < 0) return;
  endLine(split);
  if (split.pendingData !== null) skipData(split, token.start + lineFeed + 1);
}

/** What stands behind a statement on its line trails it. */
function endLine(split: Split): void {
  if (split.trailing === null) return;
  split.trailing.push(...split.comments);
  split.trailing = null;
  split.comments = [];
}

function takeComment(split: Split, token: Token): void {
  const isLine = token.kind === "lineComment";
  const text = split.file.text.slice(token.start + 2, isLine ? token.end : token.end - 2);
  if (!isLine && text.includes("\n")) endLine(split);
  split.comments.push({ text: text.trim(), line: split.startPlace(token.start).line });
}

function endStatement(split: Split): void {
  const { start, shape } = split;
  if (start === null) return;
  const text = split.file.text.slice(split.startOffset, split.endOffset);
  const end = split.endPlace(split.endOffset);
  const span: SourceSpan = { ...start, endLine: end.line, endColumn: end.column };
  const trailing = split.comments;
  const { leading } = split;
  split.stringMode = stringModeAfter(split);
  split.start = null;
  split.shape = newShape();
  split.comments = [];
  split.trailing = trailing;
  if (shape.copiesFromStdin) split.pendingData = { command: text, origin: start };
  else if (split.hasNul && text.includes("\0")) split.problems.push(nulProblem(start));
  else if (clientEncoding(shape) === null) {
    const index = split.statements.length;
    split.statements.push({ span, text, index, leadingComments: leading, trailingComments: trailing });
  }
}

function stringModeAfter(split: Split): StringMode {
  const isStandard = standardStrings(split.shape);
  if (isStandard === null) return split.stringMode;
  return isStandard ? "standard" : "escape";
}

function takeBackslash(split: Split, token: Token): void {
  const { text } = split.file;
  const command = readClientCommand(text, token.start);
  if (command === null) {
    takeText(split, token);
    return;
  }
  split.resumeAt = command.end;
  const origin = split.startPlace(token.start);
  if (command.endsStatement) endStatement(split);
  if (command.loadsInlineData) split.pendingData = { command: text.slice(token.start, command.end), origin };
  const key = reportKey(command);
  if (command.name === ";" || split.reportedCommands.has(key)) return;
  split.reportedCommands.add(key);
  split.problems.push(clientCommandProblem(command, origin));
}

function skipData(split: Split, from: number): void {
  const { pendingData } = split;
  if (pendingData === null) return;
  split.pendingData = null;
  const data = findCopyEnd(split.file.text, from);
  split.resumeAt = data.end;
  split.problems.push(dataProblem(pendingData, data.rows));
  if (!data.isClosed) split.problems.push(openDataProblem(pendingData));
}

/** The rest of the file belongs to something that never ends: the statement it is in is lost. */
function takeOpen(split: Split, token: Token): void {
  const text = split.file.text.slice(token.start, token.start + 2);
  split.problems.push(openTextProblem(text, split.startPlace(token.start), split.start));
  split.start = null;
}

function finish(split: Split): void {
  if (split.start !== null && keepsSemicolon(split.shape)) split.problems.push(openBodyProblem(split.start));
  else endStatement(split);
  endLine(split);
  skipData(split, split.file.text.length);
}
