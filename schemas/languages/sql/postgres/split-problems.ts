import type { Problem } from "../../../problem.ts";
import type { SourceRef } from "../../../source.ts";

/** A command that is followed by rows. */
interface DataCommand {
  readonly command: string;
  readonly origin: SourceRef;
}

export function dataProblem({ command, origin }: DataCommand, rows: number): Problem {
  const count = rows === 1 ? "1 row" : `${rows} rows`;
  return { code: "QG211", severity: "info", message: `${count} of "${oneLine(command)}" were skipped`, origin };
}

export function openDataProblem({ command, origin }: DataCommand): Problem {
  return {
    code: "QG207",
    severity: "error",
    message: `The data of "${oneLine(command)}" reaches the end of the file`,
    help: "End the data with a line that holds only \\. or restore the rest of the file.",
    origin,
    makesIncomplete: true,
  };
}

/** `opening` is how the open text begins; `statement` where the statement around it does, if there is one. */
export function openTextProblem(opening: string, origin: SourceRef, statement: SourceRef | null): Problem {
  const lost = statement === null || opening.startsWith("/*") ? "" : `, in a statement of line ${statement.line}`;
  return {
    code: "QG207",
    severity: "error",
    message: `The file ends inside a ${openKind(opening)} that begins here${lost}`,
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
    help: "Close the body with END or a parenthesis, or restore the rest of the file.",
    origin,
    makesIncomplete: true,
  };
}

export function nulProblem(origin: SourceRef): Problem {
  return {
    code: "QG206",
    severity: "error",
    message: "The statement holds a NUL character, where PostgreSQL stops reading",
    help: "Remove the character.",
    origin,
    makesIncomplete: true,
  };
}

function openKind(opening: string): string {
  if (opening.startsWith("/*")) return "comment";
  if (opening.startsWith("$")) return "dollar-quoted string";
  return opening.startsWith('"') ? "quoted name" : "quoted string";
}

/** Long enough to name a table and its columns in one line of a report. */
const LONGEST_COMMAND = 80;

function oneLine(command: string): string {
  const line = command.slice(0, 2 * LONGEST_COMMAND).replaceAll(/\s+/g, " ");
  return line.length > LONGEST_COMMAND ? `${line.slice(0, LONGEST_COMMAND - 1)}…` : line;
}
