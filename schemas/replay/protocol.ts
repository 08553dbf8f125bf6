import type { EngineErrorCode, EngineResult } from "#schemas/ports.ts";

/** What the parent asks of the process that holds the engine. One request at a time. */
export type EngineRequest =
  | {
      readonly kind: "boot";
      /** Path of a tar archive of a data directory; a fresh cluster is made when absent. */
      readonly from?: string;
      readonly extensions: readonly string[];
      /** Bytes of memory the process may have; it ends itself above. Default: no limit of its own. */
      readonly memoryBytes?: number;
    }
  | {
      readonly kind: "query";
      readonly sql: string;
      readonly params: readonly unknown[];
      readonly rowMode: "object" | "array";
    }
  | { readonly kind: "exec"; readonly sql: string; readonly rowMode: "object" | "array" }
  | { readonly kind: "run"; readonly sql: string; readonly guarded: boolean }
  | { readonly kind: "batch"; readonly statements: readonly string[] }
  | ({ readonly kind: "read" } & ReadOptions)
  | { readonly kind: "each"; readonly statements: readonly string[] }
  | { readonly kind: "inflate"; readonly files: readonly FileSize[] }
  | { readonly kind: "deflate" }
  | { readonly kind: "copy"; readonly sql: string; readonly data: Uint8Array }
  | { readonly kind: "dump"; readonly to?: string };

/** The size that the planner shall see of a relation's file. No memory is taken for it. */
export interface FileSize {
  /** Path below the data directory, as `pg_relation_filepath` gives it. */
  readonly path: string;
  /** Pages of 8 kB. */
  readonly pages: number;
  /** Levels above the leaves, for a B-tree. */
  readonly level?: number;
}

/** What one of several statements answered: its rows as text, or why it failed. */
export interface Answer {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly error?: EngineFault;
}

/** One statement whose rows are wanted as text. */
export interface ReadOptions {
  readonly sql: string;
  readonly params: readonly (string | null)[];
  /** Most rows that are returned; 0 describes the result and runs nothing. */
  readonly maxRows: number;
  /** Most bytes of values that are returned. */
  readonly maxBytes: number;
}

export interface ReadResult {
  readonly fields: readonly { readonly name: string; readonly type: number; readonly modifier: number }[];
  /** Values as PostgreSQL prints them. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** True when a limit cut the rows. */
  readonly hasMore: boolean;
}

/** Idle, in a transaction, or in one that has failed. */
export type TransactionState = "idle" | "open" | "failed";

export interface RunResult {
  readonly notices: readonly string[];
  readonly state: TransactionState;
  /** Set when the statement failed; a guarded statement has then been rolled back to its savepoint. */
  readonly error?: EngineFault;
}

/** An engine error as plain data, so that it can cross the process boundary. */
export interface EngineFault {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly sqlstate?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: number;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

export type EngineReply =
  | {
      readonly ok: true;
      readonly value:
        | BootReply
        | EngineResult
        | readonly EngineResult[]
        | RunResult
        | BatchResult
        | readonly Answer[]
        | ReadResult
        | number
        | Uint8Array
        | null;
    }
  | { readonly ok: false; readonly fault: EngineFault };

/** What a list of statements said, one entry a statement; it ends before the first that failed. */
export interface BatchResult {
  readonly notices: readonly (readonly string[])[];
  /** True when one failed; a transaction that was open then has been rolled back. */
  readonly isFailed: boolean;
}

export interface BootReply {
  readonly version: string;
}
