import type { ParseOutcome } from "../languages/sql/postgres/parse.ts";
import { offsetOfPosition, parseProblem, placeInStatement } from "../languages/sql/postgres/parse-problem.ts";
import type { SplitStatement } from "../languages/sql/postgres/split.ts";
import type { EngineError } from "../ports.ts";
import type { Problem } from "../problem.ts";
import type { SourceRef } from "../source.ts";
import type { EngineFault } from "./protocol.ts";
import { isMissingObject, type Shim } from "./shims.ts";
import { standInTypes } from "./stand-ins.ts";

/** A COPY to or from the server's own files or programs. */
export function copyProblem(statement: SplitStatement): Problem {
  return {
    code: "QG211",
    severity: "warning",
    message: "COPY to or from a file or a program of the server is skipped: the embedded engine has neither",
    help: "The schema is not affected. Rows for tests belong to the fixtures.",
    origin: placeInStatement(statement, 0),
  };
}

/** A statement that the engine refused. */
export function failedProblem(
  fault: EngineFault,
  statement: SplitStatement,
  { isData, parse }: { readonly isData: boolean; readonly parse: ParseOutcome },
): Problem {
  if (!parse.ok && parse.reason === "syntax") return { ...parseProblem(parse, statement), makesIncomplete: true };
  const offset = fault.position === undefined ? null : offsetOfPosition(statement.text, fault.position);
  const help = fault.hint ?? fault.detail;
  return {
    code: isData ? "QG212" : "QG201",
    severity: isData ? "warning" : "error",
    message: fault.message,
    ...(help === undefined ? {} : { help }),
    origin: placeInStatement(statement, offset ?? 0),
    ...(fault.sqlstate === undefined ? {} : { sqlstate: fault.sqlstate }),
    ...(isData ? {} : { makesIncomplete: true }),
    ...(isMissingObject(fault) ? { missingObject: true } : {}),
  };
}

export function missingExtensionProblem(name: string, statement: SplitStatement): Problem {
  return {
    code: "QG204",
    severity: "warning",
    message: `Extension "${name}" is not in the embedded engine`,
    help: `${standsIn(name)} A live connection reads it in full.`,
    origin: startOf(statement),
    makesIncomplete: true,
  };
}

function standsIn(extension: string): string {
  const types = standInTypes(extension);
  if (types.length === 0) return "What depends on it is missing from the model.";
  return `Its types ${types.join(" and ")} are kept as plain text; what uses its functions or indexes is missing from the model.`;
}

export function shimProblem(shim: Shim, statement: SplitStatement): Problem {
  return {
    code: "QG203",
    severity: "info",
    message: `The ${shim.kind} "${shim.name}" is made by no statement before this one; it was created for the replay`,
    origin: startOf(statement),
    // A role belongs to the cluster, not to the schema.
    ...(shim.kind === "schema" ? { makesIncomplete: true } : {}),
  };
}

/** A statement that was stopped, or that took the engine down; `isLast` when the rest of its file is left out with it. */
export function stoppedProblem(error: EngineError, span: SourceRef, isLast = false): Problem {
  const left = isLast
    ? "Several statements of this file were stopped, so what follows in it was left out too."
    : "The statement was left out and the rest replayed.";
  return {
    code: error.code === "timeout" ? "QG302" : "QG303",
    severity: "error",
    message: error.message,
    help: `${left} limits.statementSeconds sets the limit.`,
    origin: { file: span.file, line: span.line, column: span.column },
    makesIncomplete: true,
  };
}

const startOf = ({ span }: SplitStatement): SourceRef => ({ file: span.file, line: span.line, column: span.column });
