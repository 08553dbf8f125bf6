import type { SourceRef } from "./source.ts";
import type { ProblemCode } from "./problem-codes.ts";

export type ProblemSeverity = "error" | "warning" | "info";

/**
 * Something wrong with what the user gave us. A value that is returned, never thrown:
 * one bad statement costs one object, never the document.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  /** What happened, with the name and the place's meaning. One sentence, no trailing advice. */
  readonly message: string;
  /** What to do next. */
  readonly help?: string;
  readonly origin?: SourceRef;
  /** The engine's own five-letter state when an engine refused a statement. */
  readonly sqlstate?: string;
  /** The object the problem is about, when one is known. */
  readonly objectId?: string;
  /** True when the model lacks something because of this problem. */
  readonly makesIncomplete?: boolean;
  /** True when the statement failed because something it refers to was never made. */
  readonly missingObject?: boolean;
}

/** A value together with what went wrong while making it. */
export interface WithProblems<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** A problem that stops the job. Only edges catch it; `exitCode` follows DESIGN §5.1 (2 = input, 3 = could not work). */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: 2 | 3;
  constructor(problems: readonly Problem[], exitCode: 2 | 3 = 2, cause?: unknown) {
    super(problems.map((problem) => problem.message).join("\n"), { cause });
    this.name = "ProblemError";
    this.problems = problems;
    this.exitCode = exitCode;
  }
}
