import { EngineError } from "#schemas/ports.ts";
import { BusyError } from "../connection.ts";

/** A signed-in session that one query has for itself. */
export interface PooledSession {
  /** True when it may not be used again. */
  readonly isBroken: () => boolean;
  readonly close: () => Promise<void>;
}

export interface SessionPool<S extends PooledSession> {
  /**
   * Gives `work` a session; with `fits`, one of which it is true, or a new one. Waits while all are in use; throws
   * `BusyError` when too many wait already.
   */
  readonly use: <T>(
    work: (session: S) => Promise<T>,
    options?: { readonly signal?: AbortSignal | undefined; readonly fits?: ((session: S) => boolean) | undefined },
  ) => Promise<T>;
  /** Callers that wait now. */
  readonly waiting: () => number;
  readonly close: () => Promise<void>;
}

export interface PoolOptions<S> {
  readonly open: () => Promise<S>;
  /** Sessions at a time. Default 4: a playground must not take a database's connections from its application. */
  readonly most?: number;
  /** Callers that may wait. */
  readonly waitingMost: number;
  /** Milliseconds after which a session that nobody uses is closed. Default one minute. */
  readonly idleMs?: number;
}

const MOST_SESSIONS = 4;
const IDLE_MS = 60_000;

/** Sessions of one database, opened when they are wanted and closed when nobody wants them. */
export function sessionPool<S extends PooledSession>(options: PoolOptions<S>): SessionPool<S> {
  const { open, most = MOST_SESSIONS, waitingMost, idleMs = IDLE_MS } = options;
  const idle: { readonly session: S; readonly timer: NodeJS.Timeout }[] = [];
  const waiters: (() => void)[] = [];
  let inUse = 0;
  let isClosed = false;

  async function take(signal: AbortSignal | undefined, fits: (session: S) => boolean): Promise<S> {
    if (isClosed) throw new EngineError("closed", "The connection has been closed.");
    if (inUse >= most) await turn(signal);
    else inUse++;
    // One that does not fit makes room for one that does.
    const [rested] = idle.splice(
      Math.max(
        0,
        idle.findLastIndex(({ session }) => fits(session)),
      ),
      1,
    );
    if (rested) {
      clearTimeout(rested.timer);
      if (!rested.session.isBroken() && fits(rested.session)) return rested.session;
      await rested.session.close();
    }
    try {
      return await open();
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Waits for a place, which whoever leaves hands over. */
  function turn(signal: AbortSignal | undefined): Promise<void> {
    if (waiters.length >= waitingMost) throw new BusyError();
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = (): void => {
        const at = waiters.indexOf(go);
        if (at >= 0) waiters.splice(at, 1);
        reject(new DOMException("The caller left.", "AbortError"));
      };
      waiters.push(go);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  function leave(): void {
    const next = waiters.shift();
    if (next) next();
    else inUse--;
  }

  async function giveBack(session: S): Promise<void> {
    if (session.isBroken() || isClosed) await session.close();
    else {
      const timer = setTimeout(() => {
        idle.splice(
          idle.findIndex((one) => one.session === session),
          1,
        );
        void session.close();
      }, idleMs);
      timer.unref();
      idle.push({ session, timer });
    }
    leave();
  }

  return {
    async use(work, { signal, fits = () => true } = {}) {
      signal?.throwIfAborted();
      const session = await take(signal, fits);
      try {
        signal?.throwIfAborted();
        return await work(session);
      } finally {
        await giveBack(session);
      }
    },
    waiting: () => waiters.length,
    async close() {
      isClosed = true;
      const rested = idle.splice(0);
      for (const { timer } of rested) clearTimeout(timer);
      await Promise.all(rested.map(({ session }) => session.close()));
    },
  };
}
