import type { Problem } from "../../../problem.ts";
import type { SourceRef } from "../../../source.ts";
import type { Token } from "./tokens.ts";
import { readToken } from "./tokens.ts";

/** A command that psql runs itself, such as `\connect shop`. */
export interface ClientCommand {
  readonly name: string;
  /** The rest of the line, trimmed. */
  readonly argument: string;
  /** Offset after the command: the line end, or the start of what follows it on the line. */
  readonly end: number;
  /** `\g` and its kin send what was typed before, as a semicolon does. */
  readonly endsStatement: boolean;
  /** `\copy … from stdin`: rows follow on the next line. */
  readonly loadsInlineData: boolean;
}

/** Reads the command whose backslash is at `at`; null when the backslash begins none. */
export function readClientCommand(text: string, at: number): ClientCommand | null {
  const first = text[at + 1] ?? "";
  if (first === ";") return { name: ";", argument: "", end: at + 2, endsStatement: true, loadsInlineData: false };
  if (!isLetter(first) && !["!", "?", "."].includes(first)) return null;
  let nameEnd = at + 2;
  if (isLetter(first)) while (isNamePart(text[nameEnd])) nameEnd++;
  const name = text.slice(at + 1, nameEnd);
  const argumentEnd = takesWholeLine.has(name) ? endOfLine(text, nameEnd) : endOfArgument(text, nameEnd);
  const line = text.slice(nameEnd, argumentEnd);
  return {
    name,
    argument: line.trim(),
    // Two backslashes end the arguments, and the line goes on with SQL.
    end: text.startsWith("\\\\", argumentEnd) ? argumentEnd + 2 : argumentEnd,
    endsStatement: sendsStatement.has(name),
    loadsInlineData: name === "copy" && readsFromStdin(line),
  };
}

/** Same key, same report: each kind of command once a file, but every included file by name. */
export function reportKey(command: ClientCommand): string {
  return includesFile.has(command.name) ? `${command.name} ${command.argument}` : command.name;
}

export function clientCommandProblem(command: ClientCommand, origin: SourceRef): Problem {
  const written = `\\${command.name}${command.argument === "" ? "" : ` ${command.argument}`}`;
  const base = { code: "QG213", severity: "info", origin } as const;
  if (includesFile.has(command.name)) {
    return {
      ...base,
      message: `The file that "${written}" includes was not read`,
      help: "Add that file to the sources, before or after this one.",
      makesIncomplete: true,
    };
  }
  if (command.name === "copy") return { ...base, message: `"${written}" loads data and was skipped` };
  if (command.name === "c" || command.name === "connect") {
    return {
      ...base,
      message: `"${written}" changes the database; the statements after it were read as part of the same one`,
      help: "Split the script by database and name one source for each.",
    };
  }
  if (command.name === "gexec") {
    return {
      ...base,
      message: `"\\gexec" runs the statements that its query returns; the query ran, its result did not`,
      makesIncomplete: true,
    };
  }
  return { ...base, message: `The psql command "\\${command.name}" was skipped` };
}

/** https://www.postgresql.org/docs/18/app-psql.html, "Meta-Commands". */
const sendsStatement: ReadonlySet<string> = new Set(["crosstabview", "g", "gdesc", "gexec", "gset", "gx", "watch"]);
const includesFile: ReadonlySet<string> = new Set(["i", "include", "include_relative", "ir"]);
const takesWholeLine: ReadonlySet<string> = new Set(["!", "copy", "ef", "ev", "h", "help", "sf", "sv"]);

function isLetter(char: string): boolean {
  return /^[A-Za-z]$/.test(char);
}

function isNamePart(char: string | undefined): boolean {
  return char !== undefined && /^[A-Za-z0-9_+]$/.test(char);
}

/** An unquoted backslash ends the arguments: it begins the next command, or closes this one when doubled. */
function endOfArgument(text: string, from: number): number {
  let isQuoted = false;
  let at = from;
  for (; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (text[at] === "\\" && !isQuoted) return at;
  }
  return at;
}

function readsFromStdin(line: string): boolean {
  const token: Token = { kind: "other", start: 0, end: 0 };
  let previous = "";
  let openParens = 0;
  for (let at = 0; at < line.length; at = token.end) {
    readToken(line, at, token);
    if (token.kind === "openParen") openParens++;
    if (token.kind === "closeParen") openParens--;
    if (token.kind === "space") continue;
    const word = token.kind === "word" ? line.slice(token.start, token.end).toLowerCase() : "";
    if (openParens === 0 && previous === "from" && word === "stdin") return true;
    previous = word;
  }
  return false;
}

function endOfLine(text: string, from: number): number {
  const lineFeed = text.indexOf("\n", from);
  return lineFeed < 0 ? text.length : lineFeed;
}
