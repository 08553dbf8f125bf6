/** How often each caller may ask. */
export interface CallerRate {
  /** Counts one request: 0 lets it pass, else the whole seconds after which the caller may try again. */
  take(caller: string): number;
}

export interface CallerRateOptions {
  /** Requests one caller may send a minute; as many may come at once after a pause. */
  readonly perMinute: number;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** Callers that are remembered; whoever asked longest ago is forgotten, and may then ask as if new. */
const MOST_CALLERS = 10_000;
const MINUTE_MS = 60_000;

/** A token bucket a caller. Memory is bounded however many callers there are. */
export function callerRate({ perMinute, now }: CallerRateOptions): CallerRate {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take(caller) {
      const at = now();
      const known = buckets.get(caller) ?? { tokens: perMinute, at };
      const tokens = Math.min(perMinute, known.tokens + ((at - known.at) / MINUTE_MS) * perMinute);
      const passes = tokens >= 1;
      // Taken out and put in again, so that the first one of the map is the one longest silent.
      buckets.delete(caller);
      buckets.set(caller, { tokens: passes ? tokens - 1 : tokens, at });
      const [oldest] = buckets.keys();
      if (buckets.size > MOST_CALLERS && oldest !== undefined) buckets.delete(oldest);
      return passes ? 0 : Math.max(1, Math.ceil(((1 - tokens) / perMinute) * (MINUTE_MS / 1000)));
    },
  };
}
