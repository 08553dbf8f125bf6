import type { Clock } from "#schemas/ports.ts";

/** Waits; ends early, without an error, when the signal is given. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export interface PaceOptions {
  readonly requestsPerMinute: number;
  readonly concurrent: number;
  readonly clock: Pick<Clock, "elapsed">;
  readonly sleep: Sleep;
}

/** Holds calls back so that a provider is never asked more often, or more at a time, than it takes. */
export interface Pace {
  /** Waits for a turn. The result ends it; null when the signal came first. */
  turn(signal?: AbortSignal): Promise<(() => void) | null>;
}

const MINUTE = 60_000;

export function makePace({ requestsPerMinute, concurrent, clock, sleep }: PaceOptions): Pace {
  // Starts of the calls of the last minute, oldest first.
  const starts: number[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  const isFull = (): boolean => running >= concurrent;
  const release = (): void => {
    running -= 1;
    waiting.shift()?.();
  };
  const isStopped = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
  return {
    async turn(signal) {
      while (isFull() && !isStopped(signal)) await next(waiting, signal);
      if (isStopped(signal)) return null;
      running += 1;
      for (;;) {
        const now = clock.elapsed();
        while (starts.length > 0 && now - (starts[0] ?? 0) >= MINUTE) starts.shift();
        if (starts.length < requestsPerMinute) break;
        await sleep(MINUTE - (now - (starts[0] ?? now)), signal);
        if (isStopped(signal)) {
          release();
          return null;
        }
      }
      starts.push(clock.elapsed());
      return release;
    },
  };
}

/** Resolves when a turn is free, or when it is no longer wanted; then another may have the turn. */
function next(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const take = (): void => {
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      waiting.splice(waiting.indexOf(take), 1);
      resolve();
    };
    waiting.push(take);
    signal?.addEventListener("abort", leave, { once: true });
  });
}
