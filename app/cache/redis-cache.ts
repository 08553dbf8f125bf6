import { once } from "node:events";
import { z } from "zod";
import { ProblemError } from "#schemas/problem.ts";
import type { AnswerCache } from "./answer-cache.ts";

export interface RedisCacheOptions {
  /** `redis://…`, or `rediss://…` with TLS, as Upstash and others give it. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears that Redis gives no answer: at most once a minute. */
  readonly onError: (reason: string) => void;
}

const PREFIX = "querygenie:answer:";
/** A query takes longer than this seldom enough that waiting for its cache would be no gain. */
const ANSWER_MS = 500;
const CONNECT_MS = 5000;
/** Servers of others charge by the byte; an answer of this size is asked for again. */
const MOST_CHARACTERS = 1024 * 1024;
const TELL_EVERY_MS = 60_000;

const stored = z.object({ text: z.string(), madeAt: z.number(), until: z.number() });

/** In Redis, for all servers that share it. While it gives no answer, queries go on without. Throws `ProblemError` for a URL that cannot be used. */
export async function redisCache({ url, now, onError }: RedisCacheOptions): Promise<AnswerCache> {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) throw wrongUrl();
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    connectTimeout: CONNECT_MS,
    commandTimeout: ANSWER_MS,
    maxRetriesPerRequest: 0,
    // What cannot be asked now is not worth a wait.
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 200, 10_000),
  });
  let told = Number.NEGATIVE_INFINITY;
  const tell = (error: unknown): void => {
    if (now() - told < TELL_EVERY_MS) return;
    told = now();
    onError(error instanceof Error ? error.message : String(error));
  };
  redis.on("error", tell);
  // A server that is there is asked from the first query on; one that is not holds up no start.
  await Promise.race([once(redis, "ready"), once(redis, "error")]).catch(tell);
  return {
    async get(key) {
      try {
        const found = await redis.get(PREFIX + key);
        if (found === null) return null;
        const parsed = stored.safeParse(JSON.parse(found));
        return parsed.success && parsed.data.until > now() ? parsed.data : null;
      } catch (error) {
        tell(error);
        return null;
      }
    },
    async set(key, answer) {
      const milliseconds = Math.floor(answer.until - now());
      if (milliseconds <= 0 || answer.text.length > MOST_CHARACTERS) return;
      try {
        await redis.set(PREFIX + key, JSON.stringify(answer), "PX", milliseconds);
      } catch (error) {
        tell(error);
      }
    },
    async close() {
      redis.disconnect();
    },
  };
}

function wrongUrl(): ProblemError {
  const message = "the environment variable REDIS_URL holds no URL of a Redis";
  const help = "Write it as redis://user:password@host:6379, or rediss:// with TLS.";
  return new ProblemError([{ code: "QG601", severity: "error", message, help }], 2);
}
