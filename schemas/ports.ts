import type { Problem } from "./problem.ts";

/** What an engine is. `version` as the engine prints it, such as `18.6`. */
export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  readonly dialect: "postgres" | "mysql" | "mssql";
  /** Extensions that can be created, sorted. */
  readonly extensions: readonly string[];
}

export interface EngineField {
  readonly name: string;
  /** Type OID. */
  readonly type: number;
}
export interface EngineResult {
  readonly fields: readonly EngineField[];
  /** Rows as objects by column name, values parsed by the driver. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly affectedRows: number;
  /** NOTICE and WARNING messages raised meanwhile. */
  readonly notices: readonly string[];
}

export interface QueryOptions {
  /** Milliseconds before the engine is killed. Default: the engine's own limit. */
  readonly timeoutMs?: number;
  /** Rows as arrays instead of objects, for results with equal column names. */
  readonly rowMode?: "object" | "array";
}

/**
 * A database engine we own and may throw away. Errors are `EngineError`s. An engine that was killed (by a limit or
 * by `close`) refuses every later call with code `closed`.
 */
export interface Engine {
  readonly info: EngineInfo;
  /** Runs exactly one statement through the extended protocol. */
  query(sql: string, params?: readonly unknown[], options?: QueryOptions): Promise<EngineResult>;
  /** Runs a script through the simple protocol; several statements run in one implicit transaction. */
  exec(sql: string, options?: QueryOptions): Promise<readonly EngineResult[]>;
  /** Loads rows in COPY's text format; `target` is the table with its columns, quoted, as COPY takes them. */
  copyIn?(target: string, data: Uint8Array, options?: QueryOptions): Promise<number>;
  /** Whole state as a tar archive that `boot` accepts again; absent when the engine cannot. */
  dump?(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type EngineErrorCode = "sql" | "timeout" | "crashed" | "closed" | "unavailable";

/** A statement that failed, or an engine that did. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly sqlstate?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Offset in the statement's characters, from 1, when the engine points at it. */
  readonly position?: number;
  /** Names the engine attached to a constraint violation. */
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  constructor(
    code: EngineErrorCode,
    message: string,
    facts: {
      readonly sqlstate?: string;
      readonly detail?: string;
      readonly hint?: string;
      readonly position?: number;
      readonly table?: string;
      readonly column?: string;
      readonly constraint?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
    this.name = "EngineError";
    this.code = code;
    const { cause: _cause, ...own } = facts;
    Object.assign(this, own);
  }
}

/** A tree of files: a checkout, a git revision, an archive. Paths are relative, with forward slashes. */
export interface Workspace {
  /** Sorted paths of all files below `folder` ("" for all), without `.git` and `node_modules`. */
  list(folder?: string): Promise<readonly string[]>;
  /** Null when there is no such file. Never follows a link out of the tree. */
  read(path: string): Promise<Uint8Array | null>;
  exists(path: string): Promise<boolean>;
}

/** A program of the repository, or one that runs its code. `folder` is relative to the repository's root. */
export type ProgramCall =
  /** A line for the shell, as a person writes it in the configuration. */
  | { readonly kind: "shell"; readonly command: string; readonly folder: string; readonly timeoutMs: number }
  /** The program of an npm package that the repository has installed. */
  | {
      readonly kind: "package";
      readonly package: string;
      readonly arguments: readonly string[];
      readonly folder: string;
      readonly timeoutMs: number;
    };

export interface ProgramOutput {
  /** Null when it was stopped or could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Its end only, without the values of secrets. */
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * Whether programs of the repository may run. An edge decides by the event and the place: whoever opens a pull request
 * from a fork must not run code where keys are. Without a word from an edge nothing is trusted.
 */
export type Trust =
  | { readonly kind: "trusted"; readonly run: (call: ProgramCall) => Promise<ProgramOutput> }
  /** `why` goes on after "because". */
  | { readonly kind: "untrusted"; readonly why: string };

/** Content-addressed cache. Losing it costs time only. */
export interface Store {
  get(key: string): Promise<Uint8Array | null>;
  set(key: string, value: Uint8Array): Promise<void>;
}

export interface Clock {
  now(): Date;
  /** Milliseconds of a clock that only goes forward. */
  elapsed(): number;
}

/** How a long task tells what it does. Edges render it; the core never prints. */
export interface Progress {
  /** A step starts; `total` when the number of parts is known. */
  start(task: string, total?: number): void;
  step(task: string, done: number): void;
  /** `summary` is what the user reads when the step is done. */
  finish(task: string, summary: string): void;
  problem(problem: Problem): void;
}

/** One file to be written. Text is UTF-8 with `\n` line ends and a final newline. */
export interface Artifact {
  /** Path relative to the repository's root. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Id of the generator that owns it: its stale files are removed by that generator only. */
  readonly generator: string;
  /** SHA-256 of the content, in hexadecimal digits, where the file is known to hold just this already. */
  readonly inPlace?: string;
}
