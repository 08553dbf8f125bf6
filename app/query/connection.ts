import type { AiEvent } from "#generators/ai/ai.ts";
import type { Cell } from "#generators/queries/cells.ts";
import type { Dialect } from "#schemas/model.ts";
import type { DatabaseCaller } from "../sign-in/identity.ts";
import type { ReadResult } from "#schemas/replay/protocol.ts";

/** A value for `$1`, `$2` …; objects and lists are sent as JSON. */
export type Parameter = Cell;

/** What a user may know about a connection. */
export interface ConnectionInfo {
  readonly name: string;
  /** For people, such as `PostgreSQL 18.6, embedded, with the committed fixtures`. */
  readonly label: string;
  readonly isDefault: boolean;
  /** What answers: the embedded engine, or a running server of a dialect. */
  readonly engine: "embedded" | Dialect;
  /** The SQL that it is asked in. */
  readonly dialect: Dialect;
}

/** One transaction that can only read. */
export interface ReadSession {
  /** Runs one statement; `maxRows` 0 describes its result and runs nothing. Throws `EngineError`. */
  readonly read: (statement: {
    readonly sql: string;
    readonly params?: readonly (string | null)[];
    readonly maxRows: number;
  }) => Promise<ReadResult>;
  /**
   * Lines of an EXPLAIN whose `$1` stand for any values. The guard has made sure that it is one statement: what is
   * sent without values may hold several.
   */
  readonly planForAny: (explain: string) => Promise<readonly string[]>;
  /** Names of types as PostgreSQL writes them, such as `numeric(12,2)`. */
  readonly typeNames: (fields: ReadResult["fields"]) => Promise<readonly string[]>;
}

/** How something is asked, and for whom. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Who a running database is told that asks. Default: nobody. */
  readonly caller?: DatabaseCaller | undefined;
  /** Whether language models may be asked on the server's account where others reach it. Default false. */
  readonly mayUseModels?: boolean | undefined;
  /** Hears what a model writes while it is asked. Default: nobody. */
  readonly onEvent?: ((event: AiEvent) => void) | undefined;
  /** True takes no answer from a cache. Default false. */
  readonly fresh?: boolean | undefined;
  /** Hears when the wait for the database is over and the work begins. Default: nobody. */
  readonly onTurn?: (() => void) | undefined;
}

/** A database that answers queries. Everything behind the guard stands here; the guard stands before it. */
export interface Connection {
  readonly info: ConnectionInfo;
  /**
   * Gives `work` a read-only transaction that is rolled back whatever happens. Waits while another one is open.
   * Throws `EngineError` (`timeout`, `crashed`, `unavailable`), or `BusyError` when too many wait already.
   * `signal` gives up a wait, and a statement that runs.
   */
  inTransaction<T>(work: (session: ReadSession) => Promise<T>, options?: AskOptions): Promise<T>;
  /** True when a query would be answered without waiting for the database to start. */
  isReady(): boolean;
  close(): Promise<void>;
}

/** Too many callers wait for a connection. */
export class BusyError extends Error {
  constructor() {
    super("Too many queries wait for this connection.");
    this.name = "BusyError";
  }
}

export interface Limits {
  /** Milliseconds one query may take. */
  readonly timeoutMs: number;
  /** Rows an answer may have; a request may ask for fewer. */
  readonly rows: number;
  /** Bytes of values an answer may have. */
  readonly bytes: number;
  /** Bytes of memory of the embedded engine's process, 0.75 GB of which it needs to start (measured). */
  readonly memoryBytes: number;
  /** Callers that may wait for a connection. */
  readonly waiting: number;
}

export const defaultLimits: Limits = {
  timeoutMs: 10_000,
  rows: 1000,
  bytes: 4 * 1024 * 1024,
  memoryBytes: 1200 * 1024 * 1024,
  waiting: 32,
};
