import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#test/support/postgres.ts";
import type { AnswerCache } from "./answer-cache.ts";
import { openCache } from "./open-cache.ts";
import { redisCache } from "./redis-cache.ts";
import { silentLog } from "../log.ts";

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis && process.env["CI"] === "true")
  throw new Error("redis-server is not installed: apt-get install redis-server");

describe.skipIf(!hasRedis)("answers in Redis", () => {
  let folder: string;
  let port: number;
  let server: ChildProcess;
  let url: string;
  let open: AnswerCache[] = [];
  const told: string[] = [];

  const start = async (): Promise<void> => {
    server = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "s3cret", "--dir", folder],
      { stdio: "ignore" },
    );
    const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 200 });
    probe.on("error", () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  };
  const connect = async (): Promise<AnswerCache> => {
    const cache = await redisCache({ url, now: Date.now, onError: (reason) => told.push(reason) });
    open = [...open, cache];
    return cache;
  };
  /** Asks until there is an answer: a connection is made meanwhile. */
  const eventually = async (cache: AnswerCache, key: string) => {
    for (let tries = 0; tries < 200; tries++) {
      const found = await cache.get(key);
      if (found !== null) return found;
      await sleep(50);
    }
    return null;
  };
  const answer = (text: string) => ({ text, madeAt: Date.now() - 1000, until: Date.now() + 60_000 });
  const keep = async (cache: AnswerCache, key: string, text: string): Promise<void> => {
    for (let tries = 0; tries < 200 && (await cache.get(key)) === null; tries++) {
      await cache.set(key, answer(text));
      await sleep(20);
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "querygenie-redis-"));
    port = await freePort();
    url = `redis://:s3cret@127.0.0.1:${port}`;
    await start();
  });
  afterAll(async () => {
    await Promise.all(open.map((cache) => cache.close()));
    await stop();
    await rm(folder, { recursive: true });
  });

  test("are there for another server, with their age and their end", async () => {
    const [one, other] = [await connect(), await connect()];
    await keep(one, "a", "é\u2028 'x'");
    const found = await eventually(other, "a");
    expect(found).toEqual({ text: "é\u2028 'x'", madeAt: expect.any(Number), until: expect.any(Number) });
    const raw = new Redis(url);
    const left = await raw.pttl("querygenie:answer:a");
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    await one.set("over", { ...answer("x"), until: Date.now() - 1 });
    await one.set("large", answer("x".repeat(1024 * 1024 + 1)));
    expect(await raw.keys("*")).toEqual(["querygenie:answer:a"]);
    await raw.set("querygenie:answer:planted", '{"text":1}');
    await raw.set("querygenie:answer:broken", "{");
    expect([await one.get("planted"), await one.get("broken")]).toEqual([null, null]);
    raw.disconnect();
  });

  test("are missing while Redis is away, and there again after it, without a query failing", async () => {
    const cache = await openCache({ redisUrl: url }, { ...silentLog, warn: (line) => void told.push(line) });
    open = [...open, cache];
    await keep(cache, "b", "kept");
    await stop();
    told.length = 0;
    expect(await cache.get("b")).toMatchObject({ text: "kept" });
    for (let time = 0; time < 5; time++) expect(await cache.get("unknown")).toBeNull();
    await cache.set("c", answer("near"));
    expect(await cache.get("c")).toMatchObject({ text: "near" });
    expect(told).toEqual(["Redis gives no answer; answers are cached here alone."]);
    await start();
    const other = await connect();
    await keep(other, "d", "far");
    expect(await eventually(cache, "d")).toMatchObject({ text: "far" });
  });

  test("are not asked for with a URL of something else", async () => {
    for (const wrong of ["http://127.0.0.1:6379", "127.0.0.1:6379", "postgres://x"])
      await expect(redisCache({ url: wrong, now: Date.now, onError: () => undefined })).rejects.toMatchObject({
        exitCode: 2,
      });
  });
});
