import type { Problem } from "../../../problem.ts";
import type { SourceRef } from "../../../source.ts";
import type { Token } from "./tokens.ts";

/** A command that the `mysql` program runs itself. */
export interface ClientCommand {
  readonly text: string;
  /** Offset behind the command. */
  readonly end: number;
  /** `\G` and `\g` send what was typed before, as a semicolon does. */
  readonly endsStatement: boolean;
  /** The terminator that DELIMITER asks for. */
  readonly delimiter?: string;
  readonly includes?: boolean;
}

/** The command at a token; null when there is none. Words are commands only where a statement could begin. */
export function readClientCommand(text: string, token: Token, isInside: boolean): ClientCommand | null {
  if (token.kind === "symbol" && text.charAt(token.start) === "\\") {
    const letter = text.charAt(token.start + 1);
    if (letter === "G" || letter === "g") return { text: letter, end: token.start + 2, endsStatement: true };
    if (isInside || letter === "") return null;
    return lineCommand(text, token.start, { includes: letter === "." });
  }
  if (isInside || token.kind !== "word") return null;
  const word = text.slice(token.start, token.end).toLowerCase();
  if (word === "delimiter") {
    const command = lineCommand(text, token.start, {});
    const delimiter = command.text.slice(word.length).trim().split(/\s/)[0] ?? "";
    return delimiter === "" ? null : { ...command, delimiter };
  }
  if (word === "source" || word === "system") return lineCommand(text, token.start, { includes: word === "source" });
  return null;
}

function lineCommand(
  text: string,
  start: number,
  { includes = false }: { readonly includes?: boolean },
): ClientCommand {
  const lineFeed = text.indexOf("\n", start);
  const end = lineFeed < 0 ? text.length : lineFeed;
  return { text: text.slice(start, end).trim(), end, endsStatement: false, includes };
}

export function clientCommandProblem(command: ClientCommand, origin: SourceRef): Problem {
  const base = { code: "QG213", severity: "info", origin } as const;
  const name = command.text.slice(0, LONGEST_COMMAND);
  if (!command.includes) return { ...base, message: `The client command "${name}" was skipped` };
  return {
    ...base,
    message: `The file that "${name}" includes was not read`,
    help: "Add that file to the sources, before or after this one.",
    makesIncomplete: true,
  };
}

export function openTextProblem(quote: string, origin: SourceRef, statement: SourceRef | null): Problem {
  const lost = statement === null ? "" : `, in a statement of line ${statement.line}`;
  const kinds: Readonly<Record<string, string>> = { "/": "comment", "`": "quoted name" };
  return {
    code: "QG207",
    severity: "error",
    message: `The file ends inside a ${kinds[quote] ?? "quoted string"} that begins here${lost}`,
    help: "Close it, or restore the rest of the file. What comes before the statement was read.",
    origin,
    makesIncomplete: true,
  };
}

export function openBodyProblem(origin: SourceRef): Problem {
  return {
    code: "QG207",
    severity: "error",
    message: "The file ends inside the body of the statement that begins here",
    help: "Close the body with END, or restore the rest of the file.",
    origin,
    makesIncomplete: true,
  };
}

const LONGEST_COMMAND = 80;
