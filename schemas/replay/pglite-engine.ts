import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { EngineError, type Engine, type EngineInfo, type EngineResult, type QueryOptions } from "#schemas/ports.ts";
import { emptyCluster } from "./empty-cluster.ts";
import { embeddedExtensions } from "./extensions.ts";
import { OUT_OF_MEMORY_SIGNAL } from "./memory-watch.ts";
import type {
  Answer,
  BatchResult,
  EngineFault,
  EngineReply,
  EngineRequest,
  FileSize,
  ReadOptions,
  ReadResult,
  RunResult,
} from "./protocol.ts";

/** The embedded PostgreSQL in a process of its own, with what the replay needs beyond the port. */
export interface EmbeddedEngine extends Engine {
  /**
   * Runs one statement through the simple protocol and returns its failure as a value. `guarded` sets a savepoint
   * first and goes back to it on failure; use it only while a transaction is open.
   */
  run(sql: string, options: { readonly guarded: boolean; readonly timeoutMs?: number }): Promise<RunResult>;
  /**
   * Runs statements in one request, without savepoints, up to the first that fails; a transaction that is open then is
   * rolled back.
   */
  batch(statements: readonly string[]): Promise<BatchResult>;
  /**
   * Runs one statement and returns its values as text, cut at the limits. Needs an open transaction, which a failed
   * statement leaves to be rolled back.
   */
  read(statement: ReadOptions, options?: { readonly timeoutMs?: number }): Promise<ReadResult>;
  /** Runs statements in one request, each on its own; their rows come as text. Outside a transaction. */
  each(statements: readonly string[], options?: { readonly timeoutMs?: number }): Promise<readonly Answer[]>;
  /**
   * Lets the planner see sizes that files do not have; `deflate` takes them all back, which must be done before
   * anything but a plan is asked for. Fails where the engine's insides are not as expected: see `withScale`.
   */
  inflate(files: readonly FileSize[]): Promise<void>;
  deflate(): Promise<void>;
  /** Writes the whole state to a tar archive that `from` accepts. */
  dumpTo(path: string): Promise<void>;
}

export interface EngineOptions {
  /** Names of extensions to load; see `extensionsNamedIn`. Default: none. */
  readonly extensions?: readonly string[];
  /** Tar archive of a data directory, plain or, when its name ends in `.br`, packed by Brotli. Default: an empty cluster, from the cache when there is one. */
  readonly from?: string;
  /** Folder for the empty cluster; starting from it takes a tenth of the time. Default: no cache. */
  readonly cacheDir?: string;
  /** Milliseconds one request may take before the engine is killed. Default 60,000. */
  readonly timeoutMs?: number;
  /** Bytes of memory the engine's process may have, 0.75 GB of which it needs to start (measured). Default: no limit. */
  readonly memoryBytes?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/**
 * V8's optimising compiler takes half a gigabyte for one huge function of the engine, and longer than most replays
 * last: without it coder's history takes less time and 0.45 GB instead of 0.96. A query over millions of rows takes
 * 1.6 times as long (all measured on Node 24.21).
 */
const BASELINE_ONLY = "--liftoff-only";
const BOOT_TIMEOUT_MS = 120_000;
/** What glibc 2.35 and newer read; other systems take no notice. A third of a start is the kernel handing out pages. */
const HUGE_PAGES = { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" };

/** Starts an engine. Fails with an `EngineError` of code `unavailable` when the process or its files cannot be used. */
export async function startEngine(options: EngineOptions = {}): Promise<EmbeddedEngine> {
  const from = options.from ?? (await emptyCluster(options.cacheDir, () => bootEngine({})));
  return bootEngine({ ...options, ...(from === undefined ? {} : { from }) });
}

/** Starts an engine from an archive, or from a fresh `initdb` when `from` is absent. */
export async function bootEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const host = new EngineProcess(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const extensions = options.extensions ?? [];
  try {
    const { from, memoryBytes } = options;
    const request: EngineRequest = {
      kind: "boot",
      extensions,
      ...(from === undefined ? {} : { from }),
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
    };
    const reply = await host.ask(request, BOOT_TIMEOUT_MS);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `boot` answers with a BootReply; the protocol's union cannot say which reply belongs to which request.
    const { version } = reply as { version: string };
    const info: EngineInfo = { name: "PGlite", version, dialect: "postgres", extensions: embeddedExtensions };
    return embeddedEngine(host, info);
  } catch (error) {
    await host.kill();
    if (error instanceof EngineError && error.code === "sql") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError("unavailable", `The embedded PostgreSQL could not be started: ${reason}`, { cause: error });
  }
}

function embeddedEngine(host: EngineProcess, info: EngineInfo): EmbeddedEngine {
  /* oxlint-disable typescript/no-unsafe-type-assertion -- Each `as` states which reply belongs to the request just sent (see protocol.ts). */
  return {
    info,
    query: async (sql, params = [], options: QueryOptions = {}) =>
      (await host.ask(
        { kind: "query", sql, params, rowMode: options.rowMode ?? "object" },
        options.timeoutMs,
      )) as EngineResult,
    exec: async (sql, options: QueryOptions = {}) =>
      (await host.ask(
        { kind: "exec", sql, rowMode: options.rowMode ?? "object" },
        options.timeoutMs,
      )) as EngineResult[],
    run: async (sql, { guarded, timeoutMs }) => (await host.ask({ kind: "run", sql, guarded }, timeoutMs)) as RunResult,
    batch: async (statements) => (await host.ask({ kind: "batch", statements })) as BatchResult,
    each: async (statements, options = {}) =>
      (await host.ask({ kind: "each", statements }, options.timeoutMs)) as Answer[],
    inflate: async (files) => {
      await host.ask({ kind: "inflate", files });
    },
    deflate: async () => {
      await host.ask({ kind: "deflate" });
    },
    read: async (statement, options = {}) =>
      (await host.ask({ kind: "read", ...statement }, options.timeoutMs)) as ReadResult,
    copyIn: async (target, data, options: QueryOptions = {}) =>
      (await host.ask({ kind: "copy", sql: `COPY ${target} FROM '/dev/blob'`, data }, options.timeoutMs)) as number,
    dump: async () => (await host.ask({ kind: "dump" }, BOOT_TIMEOUT_MS)) as Uint8Array,
    dumpTo: async (path) => {
      await host.ask({ kind: "dump", to: path }, BOOT_TIMEOUT_MS);
    },
    close: () => host.kill(),
  };
  /* oxlint-enable typescript/no-unsafe-type-assertion */
}

/** One child process and the requests that wait for it, one after the other. */
class EngineProcess {
  readonly #child: ChildProcess;
  readonly #timeoutMs: number;
  readonly #exited: Promise<void>;
  #queue: Promise<unknown> = Promise.resolve();
  #closed: EngineError | undefined;
  #settle: ((reply: EngineReply) => void) | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    // The bundle puts the host beside itself as JavaScript.
    const file = import.meta.url.endsWith(".ts") ? "./engine-host.ts" : "./engine-host.js";
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning", BASELINE_ONLY],
      env: { TZ: "UTC", ...HUGE_PAGES },
    });
    this.#child.on("message", (reply: EngineReply) => this.#settle?.(reply));
    this.#exited = new Promise((resolve) => {
      const end = (error?: Error): void => {
        const reason = error?.message ?? "the process ended";
        this.#closed ??= new EngineError("crashed", `The embedded PostgreSQL stopped unexpectedly: ${reason}.`);
        this.#settle?.({ ok: false, fault: { code: this.#closed.code, message: this.#closed.message } });
        resolve();
      };
      this.#child.once("error", end);
      this.#child.once("exit", (_code, signal) =>
        end(signal === OUT_OF_MEMORY_SIGNAL ? new Error("it needed more memory than it may have") : undefined),
      );
    });
  }

  ask(request: EngineRequest, timeoutMs = this.#timeoutMs): Promise<unknown> {
    const turn = this.#queue.then(() => this.#send(request, timeoutMs));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async kill(): Promise<void> {
    this.#closed ??= new EngineError("closed", "The embedded PostgreSQL has been closed.");
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  async #send(request: EngineRequest, timeoutMs: number): Promise<unknown> {
    if (this.#closed) throw this.#closed;
    const reply = await new Promise<EngineReply>((resolve) => {
      const timer = setTimeout(() => {
        const seconds = (timeoutMs / 1000).toLocaleString("en", { maximumFractionDigits: 1 });
        this.#closed = new EngineError("timeout", `The statement ran longer than ${seconds} s and was stopped.`);
        this.#child.kill("SIGKILL");
      }, timeoutMs);
      this.#settle = (answer) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(answer);
      };
      this.#child.send(request);
    });
    if (reply.ok) return reply.value;
    throw this.#closed ?? toEngineError(reply.fault);
  }
}

/** An engine's fault as the error that the port speaks of. */
export function toEngineError(fault: EngineFault): EngineError {
  const { code, message, ...facts } = fault;
  return new EngineError(code, message, facts);
}
