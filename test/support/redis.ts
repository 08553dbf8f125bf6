import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./postgres.ts";

/** A Redis of our own on a free port, which keeps its log on the disk. */
export interface RedisServer {
  readonly url: string;
  readonly client: Redis;
  stop(): Promise<void>;
}

/** True when the system has one. In CI its absence is a failure, not a reason to skip. */
export function hasRedis(): boolean {
  const has = spawnSync("redis-server", ["--version"]).status === 0;
  if (!has && process.env["CI"] === "true")
    throw new Error("redis-server is not installed: apt-get install redis-server");
  return has;
}

/** Starts it with the settings that deploy/ gives it. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-redis-"));
  const port = await freePort();
  const words = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const server = spawn("redis-server", [...words, "--appendonly", "yes", "--appendfsync", "always"], {
    stdio: "ignore",
  });
  const client = new Redis(port, "127.0.0.1", { retryStrategy: () => 50 });
  client.on("error", () => undefined);
  await client.ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    async stop() {
      client.disconnect();
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
