import type { Problem } from "../../../problem.ts";
import type { SourceFile, SourceRef } from "../../../source.ts";
import { nextToken, type Scanner, type Token } from "./tokens.ts";

/** What stands between two `GO` lines. */
export interface Batch {
  readonly tokens: readonly Token[];
  /** How often it is sent: `GO 3`. */
  readonly count: number;
}

export interface BatchesResult {
  readonly text: string;
  readonly batches: readonly Batch[];
  readonly problems: readonly Problem[];
  /** Place of an offset of the text. */
  readonly place: (offset: number) => SourceRef;
}

export interface BatchOptions {
  /** Line of the text's first character in the file on disk. Default 1. */
  readonly firstLine?: number;
  /** Values of `$(name)` and `$name$`. `:setvar` in the text wins. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Cuts a script into batches as sqlcmd does, in one pass: `GO` on a line of its own outside strings and comments.
 * sqlcmd's commands are left out and reported (QG213), except `:setvar`, which gives a variable its value.
 */
export function splitBatches(file: SourceFile, options: BatchOptions = {}): BatchesResult {
  const { text } = file;
  const place = placeIn(file, options.firstLine ?? 1);
  const problems: Problem[] = [];
  const variables = new Map(
    Object.entries(options.variables ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const unknown = new Set<string>();
  const scanner: Scanner = {
    text,
    at: 0,
    open: null,
    variable(name) {
      const value = variables.get(name.toLowerCase());
      if (value === undefined && !unknown.has(name)) {
        unknown.add(name);
        problems.push(unknownVariable(name, place(scanner.at)));
      }
      return value ?? null;
    },
  };
  const batches: Batch[] = [];
  let tokens: Token[] = [];
  const end = (count: number): void => {
    if (tokens.length > 0) batches.push({ tokens, count });
    tokens = [];
  };
  for (let token = nextToken(scanner); token; token = nextToken(scanner)) {
    const separator = token.key === "GO" ? readSeparator(text, token) : null;
    if (separator) {
      end(separator.count);
      scanner.at = separator.end;
      continue;
    }
    const command = token.key === ":" || token.key === "!" || token.key === "::" ? readCommand(text, token) : null;
    if (command) {
      if (command.set) variables.set(command.set.name.toLowerCase(), command.set.value);
      else problems.push(commandProblem(command.text, place(token.start)));
      scanner.at = command.end;
      continue;
    }
    tokens.push(token);
    if (scanner.open) break;
  }
  if (scanner.open) problems.push(openProblem(scanner.open, place(scanner.open.start)));
  end(1);
  return { text, batches, problems, place };
}

/** Lines and columns by offset, asked in any order. */
export function placeIn(file: SourceFile, firstLine: number): (offset: number) => SourceRef {
  const starts = [0];
  for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: file.path, line: firstLine + low, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** `GO`, an optional count, an optional semicolon, an optional comment: nothing else on the line. */
function readSeparator(text: string, { start, end }: Token): { readonly count: number; readonly end: number } | null {
  if (!beginsLine(text, start)) return null;
  let at = skipSpaces(text, end);
  const digits = at;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  const count = at > digits ? Number(text.slice(digits, at)) : 1;
  at = skipSpaces(text, at);
  if (text.charAt(at) === ";") at = skipSpaces(text, at + 1);
  const lineEnd = endOfLine(text, at);
  const isEmpty = at >= lineEnd || text.charAt(at) === "\r" || text.startsWith("--", at);
  return isEmpty ? { count, end: lineEnd } : null;
}

interface ClientCommand {
  readonly text: string;
  readonly end: number;
  readonly set?: { readonly name: string; readonly value: string };
}

function readCommand(text: string, token: Token): ClientCommand | null {
  if (!beginsLine(text, token.start)) return null;
  if (token.key === "!" && text.charAt(token.end) !== "!") return null;
  const end = endOfLine(text, token.start);
  const words = text.slice(token.start, end).trim();
  if (token.key !== "!" && !/^:[a-z]/i.test(words)) return null;
  const set = /^:setvar\s+(\S+)\s*(.*)$/i.exec(words);
  if (!set) return { text: words, end };
  const value = set[2] ?? "";
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return { text: words, end, set: { name: set[1] ?? "", value: bare.replaceAll('""', '"') } };
}

function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (text.charAt(before) === " " || text.charAt(before) === "\t")) before--;
  return before < 0 || text.charAt(before) === "\n" || text.charAt(before) === "\uFEFF";
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return at;
}

function endOfLine(text: string, at: number): number {
  const lineFeed = text.indexOf("\n", at);
  return lineFeed < 0 ? text.length : lineFeed;
}

const LONGEST_SHOWN = 80;

function commandProblem(text: string, origin: SourceRef): Problem {
  const includes = /^:r\s/i.test(text);
  return {
    code: "QG213",
    severity: includes ? "warning" : "info",
    message: includes
      ? `The file that "${text.slice(0, LONGEST_SHOWN)}" includes was not read`
      : `The client command "${text.slice(0, LONGEST_SHOWN)}" was skipped`,
    ...(includes ? { help: "Add that file to the sources, before or after this one.", makesIncomplete: true } : {}),
    origin,
  };
}

function unknownVariable(name: string, origin: SourceRef): Problem {
  return {
    code: "QG208",
    severity: "info",
    message: `The variable "${name}" has no value; it was left as it is written`,
    help: "Give it a value under variables of the source.",
    origin,
  };
}

function openProblem(open: NonNullable<Scanner["open"]>, origin: SourceRef): Problem {
  return {
    code: "QG207",
    severity: "error",
    message: `The file ends inside a ${open.what} that begins here`,
    help: "Close it, or restore the rest of the file. What comes before was read.",
    origin,
    makesIncomplete: true,
  };
}
