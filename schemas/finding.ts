import type { ObjectId } from "./object-id.ts";
import type { SourceSpan } from "./source.ts";

export type Severity = "error" | "warning" | "info";

/** PostgreSQL's table lock modes, weakest first. */
export const lockModes = [
  "AccessShareLock",
  "RowShareLock",
  "RowExclusiveLock",
  "ShareUpdateExclusiveLock",
  "ShareLock",
  "ShareRowExclusiveLock",
  "ExclusiveLock",
  "AccessExclusiveLock",
] as const;
export type LockMode = (typeof lockModes)[number];

/** What a statement really did to relations that existed before it. */
export interface Measurement {
  /** `measured`: seen in the engine · `declared`: from a documented table, because the engine cannot show it. */
  readonly how: "measured" | "declared";
  readonly locks: readonly { readonly relation: ObjectId; readonly mode: LockMode }[];
  /** Tables whose storage was written anew. */
  readonly rewrites: readonly ObjectId[];
  /** Tables that were read from end to end. */
  readonly scans: readonly ObjectId[];
  readonly created: readonly ObjectId[];
  readonly dropped: readonly ObjectId[];
}

export interface SqlEdit {
  readonly span: SourceSpan;
  readonly replacement: string;
}

/** A safe form of a statement. `measured` is present when it was run. */
export interface Rewrite {
  readonly title: string;
  readonly steps: readonly { readonly sql: string; readonly measured?: Measurement }[];
}

/** What the review says about one statement or object. */
export interface Finding {
  /** Id of the rule in the catalogue. */
  readonly rule: string;
  readonly severity: Severity;
  readonly span: SourceSpan;
  /** One sentence with the names of the objects concerned. */
  readonly message: string;
  readonly help?: string;
  readonly objects: readonly ObjectId[];
  /** Whether the rule decided from a measurement, a plan, or the statement and the model alone. */
  readonly evidence: "measured" | "planned" | "rule";
  readonly measurement?: Measurement;
  readonly rewrite?: Rewrite;
  readonly fix?: SqlEdit;
  /** Stable over edits elsewhere in the file: hash of rule, objects and normalised statement. */
  readonly fingerprint: string;
}
