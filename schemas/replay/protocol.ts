import type { EngineErrorCode, EngineResult } from "#schemas/ports.ts";

/** What the parent asks of the process that holds the engine. One request at a time. */
export type EngineRequest =
  | {
      readonly kind: "boot";
      /** Path of a tar archive of a data directory; a fresh cluster is made when absent. */
      readonly from?: string;
      readonly extensions: readonly string[];
    }
  | {
      readonly kind: "query";
      readonly sql: string;
      readonly params: readonly unknown[];
      readonly rowMode: "object" | "array";
    }
  | { readonly kind: "exec"; readonly sql: string; readonly rowMode: "object" | "array" }
  | { readonly kind: "run"; readonly sql: string; readonly guarded: boolean }
  | { readonly kind: "copy"; readonly sql: string; readonly data: Uint8Array }
  | { readonly kind: "dump"; readonly to?: string };

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
      readonly value: BootReply | EngineResult | readonly EngineResult[] | RunResult | number | Uint8Array | null;
    }
  | { readonly ok: false; readonly fault: EngineFault };

export interface BootReply {
  readonly version: string;
}
