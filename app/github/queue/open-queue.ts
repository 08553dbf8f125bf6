import { join } from "node:path";
import type { Queue, QueueOptions } from "./queue.ts";

/** Where jobs wait. */
export interface QueuePlace {
  /** Folder of the journal, which holds them when no server does. Losing it loses what was accepted and not done. */
  readonly dataDir: string;
  /** Address of a Redis; it holds them before anything else does. */
  readonly redisUrl?: string | undefined;
  /** Address of a PostgreSQL. */
  readonly databaseUrl?: string | undefined;
}

/** Opens the queue; what an earlier process accepted and did not do is begun. Throws a `ProblemError`. */
export async function openQueue(place: QueuePlace, options: QueueOptions): Promise<Queue> {
  const { redisUrl, databaseUrl, dataDir } = place;
  if (redisUrl !== undefined) return (await import("./redis-queue.ts")).openRedisQueue(redisUrl, options);
  if (databaseUrl !== undefined) return (await import("./postgres-queue.ts")).openPostgresQueue(databaseUrl, options);
  return (await import("./journal-queue.ts")).openJournalQueue(join(dataDir, "webhooks.jsonl"), options);
}
