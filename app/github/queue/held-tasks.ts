import { setTimeout as sleep } from "node:timers/promises";
import type { ServerLog } from "../../log.ts";
import type { Task } from "../journal.ts";
import { SUPERSEDED } from "./queue.ts";

interface Held {
  readonly task: Task;
  readonly abort: AbortController;
}

/** The tasks that this process does for a shared queue, with what calls each of them off. */
export interface HeldTasks {
  readonly size: () => number;
  readonly ids: () => readonly string[];
  /** Does a task from its begin to its end. */
  readonly hold: (task: Task, work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  /** A newer task says all that this one would. */
  readonly replace: (id: string) => void;
  /** Another process has it: what this one does of it counts for nothing. */
  readonly lose: (id: string) => void;
  /** Resolves when all have ended; those that take longer than `graceMs` are called off. */
  readonly close: (graceMs: number) => Promise<void>;
}

export function heldTasks(): HeldTasks {
  const held = new Map<string, Held & { readonly ended: Promise<void> }>();
  return {
    size: () => held.size,
    ids: () => [...held.keys()],
    hold(task, work) {
      const abort = new AbortController();
      const ended = work(abort.signal).finally(() => held.delete(task.id));
      held.set(task.id, { task, abort, ended });
      return ended;
    },
    replace: (id) => held.get(id)?.abort.abort(SUPERSEDED),
    lose: (id) => held.get(id)?.abort.abort(LOST),
    async close(graceMs) {
      const late = setTimeout(() => {
        for (const { abort } of held.values()) abort.abort();
      }, graceMs);
      await Promise.allSettled([...held.values()].map(({ ended }) => ended));
      clearTimeout(late);
    },
  };
}

/** Why the signal of a task is aborted whose lease is another's. */
export const LOST = "lost";

/** Why work failed; null when it did not. */
export const failureOf = (work: Promise<void>): Promise<{ readonly error: unknown } | null> =>
  work.then(
    () => null,
    (error: unknown) => ({ error }),
  );

/** Writes again what could not be written, for so long. Rejects with the last error. */
export async function triedFor<T>(milliseconds: number, write: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + milliseconds; ;) {
    try {
      return await write();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

const AGAIN_MS = 250;

/** Does something again and again: says so when it begins to fail and when it no longer does, not each time between. */
export function watched(work: () => Promise<void>, log: ServerLog): () => Promise<void> {
  let fails = false;
  return async () => {
    try {
      await work();
      if (fails) log.info("The queue's server answers again.");
      fails = false;
    } catch (error) {
      if (!fails)
        log.warn("The queue's server cannot be used.", { reason: error instanceof Error ? error.message : "" });
      fails = true;
    }
  };
}
