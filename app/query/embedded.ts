import { EngineError } from "#schemas/ports.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { BuiltDatabase } from "./build-database.ts";
import { BusyError, type Connection, type ConnectionInfo, type Limits, type ReadSession } from "./connection.ts";
import { inReadTransaction } from "./read-session.ts";

interface SpendOptions extends Options {
  /** Extensions that `work` needs beside those of the database. */
  readonly more?: readonly string[];
}
interface Options {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The embedded database as a connection: one process, one query at a time. A query that reaches a limit ends the
 * process; the next one starts at once in the background, and callers wait for it.
 */
export class EmbeddedConnection implements Connection {
  readonly info: ConnectionInfo;
  readonly #database: BuiltDatabase;
  readonly #limits: Limits;
  #running: Running | undefined;
  #starting: Promise<Running> | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** The engine that is being spent. */
  #lent: EmbeddedEngine | undefined;
  #isClosed = false;

  constructor(info: ConnectionInfo, database: BuiltDatabase, limits: Limits) {
    this.info = info;
    this.#database = database;
    this.#limits = limits;
  }

  isReady(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the process before the first query asks for it. */
  async start(): Promise<void> {
    await this.#engine();
  }

  inTransaction<T>(work: (session: ReadSession) => Promise<T>, { signal }: Options = {}): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedError());
    if (this.#waiting >= this.#limits.waiting) return Promise.reject(new BusyError());
    this.#waiting++;
    const turn = this.#tail.then(() => {
      signal?.throwIfAborted();
      return this.#once(work, signal);
    });
    this.#tail = turn.catch(() => undefined);
    return turn.finally(() => void this.#waiting--);
  }

  /**
   * Gives `work` an engine for itself, with every right and `more` extensions, in turn with the queries and within their
   * time. It takes the place of the one that answers, because one lives at a time; afterwards it is ended, whatever was
   * done to it, and the next one starts at once. Throws as `inTransaction` does.
   */
  spend<T>(work: (engine: EmbeddedEngine) => Promise<T>, { more = [], signal }: SpendOptions = {}): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedError());
    if (this.#waiting >= this.#limits.waiting) return Promise.reject(new BusyError());
    this.#waiting++;
    const turn = this.#tail.then(() => {
      signal?.throwIfAborted();
      return this.#spent(work, { more, signal });
    });
    this.#tail = turn.catch(() => undefined);
    return turn.finally(() => void this.#waiting--);
  }

  async #spent<T>(work: (engine: EmbeddedEngine) => Promise<T>, { more = [], signal }: SpendOptions): Promise<T> {
    const before = await this.#engine();
    this.#running = undefined;
    await before.engine.close();
    const { path, extensions } = this.#database;
    const { memoryBytes } = this.#limits;
    const engine = await startEngine({ from: path, extensions: [...extensions, ...more], memoryBytes });
    this.#lent = engine;
    const giveUp = (): void => void engine.close();
    signal?.addEventListener("abort", giveUp, { once: true });
    const timer = setTimeout(giveUp, this.#limits.timeoutMs);
    try {
      return await work(engine);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      this.#lent = undefined;
      await engine.close();
      // Whoever comes next learns of a start that fails: it is tried again then.
      if (!this.#isClosed) void this.#engine().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#starting?.catch(() => undefined);
    await this.#running?.engine.close();
    this.#running = undefined;
    await this.#lent?.close();
  }

  async #once<T>(work: (session: ReadSession) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const running = await this.#engine();
    const isFresh = running.served === 0;
    running.served++;
    // The engine cannot be asked to stop, so a caller who leaves takes the process along.
    const giveUp = (): void => void running.engine.close();
    signal?.addEventListener("abort", giveUp, { once: true });
    try {
      return await inReadTransaction(running.engine, this.#limits, work);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === "sql") throw error;
      this.#running = undefined;
      await running.engine.close();
      if (this.#isClosed) throw error;
      // Whoever comes next learns of a start that fails: it is tried again then.
      void this.#engine().catch(() => undefined);
      signal?.throwIfAborted();
      // The memory of earlier queries is never given back: only a query that had the process for itself is to blame.
      if (error.code === "crashed" && !isFresh) return await this.#once(work, signal);
      throw error;
    } finally {
      signal?.removeEventListener("abort", giveUp);
      if (signal?.aborted) this.#running = undefined;
    }
  }

  async #engine(): Promise<Running> {
    if (this.#isClosed) throw closedError();
    if (this.#running) return this.#running;
    this.#starting ??= this.#launch().finally(() => void (this.#starting = undefined));
    return this.#starting;
  }

  async #launch(): Promise<Running> {
    const { path, extensions } = this.#database;
    const engine = await startEngine({ from: path, extensions, memoryBytes: this.#limits.memoryBytes });
    this.#running = { engine, served: 0 };
    return this.#running;
  }
}

interface Running {
  readonly engine: EmbeddedEngine;
  /** Queries it has been given. */
  served: number;
}

const closedError = (): EngineError => new EngineError("closed", "The connection has been closed.");
