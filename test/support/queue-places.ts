import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueuePlace } from "#app/github/queue/open-queue.ts";
import { postgresCase, startPostgres } from "./postgres.ts";
import { hasRedis, startRedis } from "./redis.ts";

/** A server that holds queues, started by the test. */
export interface QueueServer {
  /** Where an empty queue is opened; what it had held is gone. */
  readonly place: () => Promise<QueuePlace>;
  readonly stop: () => Promise<void>;
}

export interface QueueCase {
  readonly name: string;
  readonly isMissing: boolean;
  /** Whether several processes may have the same queue. */
  readonly isShared: boolean;
  readonly start: () => Promise<QueueServer>;
}

/** Each kind of queue, for `describe.each`. */
export async function queueCases(): Promise<readonly QueueCase[]> {
  const { title, isMissing } = await postgresCase("npm");
  const redis = hasRedis();
  return [
    { name: "the journal", isMissing: false, isShared: false, start: async () => withFolders(async () => ({})) },
    { name: `PostgreSQL ${title}`, isMissing, isShared: true, start: onPostgres },
    {
      name: redis ? "Redis" : "Redis (not run: redis-server is not installed)",
      isMissing: !redis,
      isShared: true,
      start: onRedis,
    },
  ];
}

function withFolders(more: () => Promise<Partial<QueuePlace>>, stop: () => Promise<void> = async () => undefined) {
  const root = mkdtempSync(join(tmpdir(), "querygenie-queue-"));
  return {
    place: async () => ({ dataDir: mkdtempSync(join(root, "data-")), ...(await more()) }),
    async stop() {
      await stop();
      rmSync(root, { recursive: true });
    },
  };
}

async function onPostgres(): Promise<QueueServer> {
  const server = await startPostgres();
  const databaseUrl = `postgres://postgres@127.0.0.1:${server.connection.port}/postgres`;
  return withFolders(
    async () => {
      await server.client.query("DROP SCHEMA IF EXISTS querygenie_queue CASCADE");
      return { databaseUrl };
    },
    () => server.close(),
  );
}

async function onRedis(): Promise<QueueServer> {
  const server = await startRedis();
  return withFolders(
    async () => {
      await server.client.flushall();
      return { redisUrl: server.url };
    },
    () => server.stop(),
  );
}
