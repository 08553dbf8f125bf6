import type { Problem } from "../../../problem.ts";
import type { SourceRef } from "../../../source.ts";
import type { Value } from "./catalog-rows.ts";
import type { Draft } from "./draft.ts";
import type { NameRef } from "./reader.ts";
import type { Statement } from "./statement.ts";

/** What the appliers of all statements share. */
export interface Applier {
  readonly draft: Draft;
  readonly problems: Problem[];
  readonly variables: Map<string, Value>;
  /** Place of an offset in the batch that is applied. */
  readonly place: (offset: number) => SourceRef;
  /** Told of each statement that runs, before it is applied; of one in a text that EXEC runs with that EXEC. */
  readonly onStep?: (statement: Statement, place: { readonly text: string; readonly isTried: boolean }) => void;
  /** The text that the offsets of statements count in. */
  readonly text: string;
  /** TRY blocks around the statement at hand. */
  tries: number;
  /** Number of problems that are errors of the statement at hand. */
  failed: boolean;
}

/** `dbo.Orders` for messages. */
export const shown = (draft: Draft, ref: NameRef): string => `${draft.schemaName(ref)}.${ref.name}`;

/** A statement that builds on what is not there. */
export function missing(applier: Applier, what: string, at: number): void {
  applier.failed = true;
  applier.problems.push({
    code: "QG219",
    severity: "error",
    message: `${what} does not exist`,
    help: "Add the file that makes it before this one.",
    origin: applier.place(at),
    makesIncomplete: true,
    missingObject: true,
  });
}

/** A DROP of what is not there: the server refuses it, the schema is the same. */
export function nothingToDrop(applier: Applier, what: string, at: number): void {
  applier.failed = true;
  applier.problems.push({
    code: "QG219",
    severity: "warning",
    message: `${what} does not exist and cannot be dropped`,
    origin: applier.place(at),
  });
}

/** A statement that the server would refuse. */
export function refused(applier: Applier, message: string, at: number): void {
  applier.failed = true;
  applier.problems.push({
    code: "QG219",
    severity: "error",
    message,
    origin: applier.place(at),
    makesIncomplete: true,
  });
}

/** What is known only when the script runs, and how it was read. */
export function note(applier: Applier, message: string, at: number): void {
  applier.problems.push({ code: "QG223", severity: "info", message, origin: applier.place(at) });
}

/** Temporary objects live as long as a session. */
export const isTemporary = (ref: NameRef): boolean =>
  ref.name.startsWith("#") || ref.database?.toLowerCase() === "tempdb";
