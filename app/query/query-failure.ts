import { EngineError } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { BusyError } from "./connection.ts";
import { parsePlace } from "./sql-place.ts";

/** Why a query has no answer. */
export interface QueryProblem extends Problem {
  /** Where in the query's text, in UTF-16 code units from 1, when something points at it. */
  readonly position?: number;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: QueryProblem };

/** Where the text that the engine saw lies in the text that the user wrote. */
export interface SentText {
  readonly sql: string;
  /** Offset of the statement in the user's text. */
  readonly start: number;
  /** Characters that were put before it. */
  readonly added: number;
}

/** An engine's refusal as a problem of the user's query. Errors that are not about a query are thrown on. */
export function toQueryProblem(error: unknown, sent: SentText, limits: { readonly timeoutMs: number }): QueryProblem {
  if (error instanceof BusyError) {
    return { code: "QG511", severity: "error", message: error.message, help: "Ask again in a moment." };
  }
  if (error instanceof ProblemError && error.problems[0]) return unreachable(error.problems[0]);
  if (!(error instanceof EngineError)) throw error;
  switch (error.code) {
    case "sql":
      return error.sqlstate?.startsWith(INSUFFICIENT_RESOURCES) ? outOfMemory : refused(error, sent);
    case "timeout": {
      const seconds = (limits.timeoutMs / 1000).toLocaleString("en", { maximumFractionDigits: 1 });
      return {
        code: "QG502",
        severity: "error",
        message: `The query ran longer than ${seconds} s and was stopped.`,
        help: "Narrow it by a condition, or look at its plan.",
      };
    }
    case "crashed":
      return outOfMemory;
    case "closed":
    case "unavailable":
      return {
        code: "QG301",
        severity: "error",
        message: error.message,
        help: "`querygenie doctor` checks what the embedded engine needs.",
      };
    default: {
      const never: never = error.code;
      throw new Error(`Unknown engine error ${String(never)}`);
    }
  }
}

/** A database that cannot be reached. What its owner can do about it names the server's settings, which no caller learns. */
function unreachable({ code, severity, message }: Problem): QueryProblem {
  return { code, severity, message, help: "Whoever runs this server finds the reason in its log." };
}

/** Class of SQLSTATEs: no memory, no room for temporary files. */
const INSUFFICIENT_RESOURCES = "53";

const outOfMemory: QueryProblem = {
  code: "QG502",
  severity: "error",
  message: "The query needed more memory than it may have and was stopped.",
  help: "Ask for fewer or shorter values.",
};

function refused(error: EngineError, { sql, start, added }: SentText): QueryProblem {
  const place = error.position === undefined ? null : parsePlace(sql, { start, position: error.position - added });
  const help = error.hint ?? error.detail;
  return {
    code: "QG201",
    severity: "error",
    message: error.message,
    ...(help === undefined ? {} : { help }),
    ...(error.sqlstate === undefined ? {} : { sqlstate: error.sqlstate }),
    ...(place === null ? {} : place),
  };
}
