/** Answers that may be given again for a while. Losing one costs time only, so that no method rejects. */
export interface AnswerCache {
  readonly get: (key: string) => Promise<CachedAnswer | null>;
  /** Keeps an answer until its time is over; what is too large or cannot be written is not kept. */
  readonly set: (key: string, answer: CachedAnswer) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface CachedAnswer {
  readonly text: string;
  /** Milliseconds since 1970 at which it was made. */
  readonly madeAt: number;
  /** Milliseconds since 1970 from which it may not be given any more. */
  readonly until: number;
}

export interface MemoryCacheOptions {
  /** Bytes of all that is kept. */
  readonly maxBytes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What an entry costs besides its texts. */
const ENTRY_BYTES = 200;

/** In this process; what was not asked for longest goes first. */
export function memoryCache({ maxBytes, now }: MemoryCacheOptions): AnswerCache & { readonly bytes: () => number } {
  const entries = new Map<string, CachedAnswer>();
  let bytes = 0;
  const forget = (key: string): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    bytes -= sizeOf(key, entry.text);
  };
  return {
    bytes: () => bytes,
    async get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      if (entry.until <= now()) {
        forget(key);
        return null;
      }
      // Taken out and put in again, so that the first one of the map is the one longest unasked.
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    async set(key, answer) {
      forget(key);
      // One answer must not push all others out.
      if (sizeOf(key, answer.text) > maxBytes / 8 || answer.until <= now()) return;
      entries.set(key, answer);
      bytes += sizeOf(key, answer.text);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        forget(oldest);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** A character takes two bytes at most. */
const sizeOf = (key: string, text: string): number => 2 * (key.length + text.length) + ENTRY_BYTES;

/** Asks `near` first, then `far`, which other servers share; what is found there is kept near too. */
export function layeredCache(near: AnswerCache, far: AnswerCache): AnswerCache {
  return {
    async get(key) {
      const found = (await near.get(key)) ?? (await far.get(key));
      if (found !== null) await near.set(key, found);
      return found;
    },
    async set(key, answer) {
      await Promise.all([near.set(key, answer), far.set(key, answer)]);
    },
    async close() {
      await Promise.all([near.close(), far.close()]);
    },
  };
}
