import type { ServerLog } from "../log.ts";
import { layeredCache, memoryCache, type AnswerCache } from "./answer-cache.ts";
import { redisCache } from "./redis-cache.ts";

export interface CacheSettings {
  /** Redis that several servers share. Default: this process alone. */
  readonly redisUrl?: string | undefined;
}

/** Some thousand usual answers. */
const MEMORY_BYTES = 64 * 1024 * 1024;

/** The server's cache of answers: memory, and behind it Redis where there is one. */
export async function openCache({ redisUrl }: CacheSettings, log: ServerLog): Promise<AnswerCache> {
  const now = Date.now;
  const memory = memoryCache({ maxBytes: MEMORY_BYTES, now });
  if (redisUrl === undefined) return memory;
  const onError = (reason: string): void =>
    log.warn("Redis gives no answer; answers are cached here alone.", { reason });
  return layeredCache(memory, await redisCache({ url: redisUrl, now, onError }));
}
