import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signedWebhook } from "#test/support/fake-github/fake-github.ts";
import { freePort } from "#test/support/postgres.ts";
import { queueCases, type QueueServer } from "#test/support/queue-places.ts";

const SECRET = "a secret of the shop";
const DELIVERIES = 1000;
/** Acknowledgements before the process is killed. */
const KILLED_AT = 200;
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
let server: ChildProcess | undefined;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "querygenie-burst-"));
});
afterEach(() => {
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});
afterAll(() => agent.destroy());

async function start(port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const program = new URL("../../test/support/webhook-process.ts", import.meta.url).pathname;
  const child = fork(program, [folder, String(port)], { env: { ...process.env, SECRET, ...env }, silent: true });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`ended with ${String(code)}`)));
  });
  return child;
}

/** One delivery as GitHub sends it; the status, or 0 when nobody answered, and how long it took. */
function deliver(port: number, index: number): Promise<{ readonly status: number; readonly milliseconds: number }> {
  const body = JSON.stringify({
    action: "opened",
    number: index,
    installation: { id: (index % 40) % 3 },
    repository: { name: `shop-${index % 40}`, owner: { login: "outdoor" }, default_branch: "main" },
  });
  const headers = signedWebhook("pull_request", body, SECRET, `delivery-${index}`);
  let begin = performance.now();
  return new Promise((resolve) => {
    const end = (status: number): void => resolve({ status, milliseconds: performance.now() - begin });
    const asked = request({ port, host: "127.0.0.1", method: "POST", headers, agent }, (answer) => {
      answer.resume().once("end", () => end(answer.statusCode ?? 0));
      answer.once("error", () => end(0));
    });
    asked.once("error", () => end(0));
    // Waiting for one of the fifty connections is the sender's own.
    asked.once("socket", () => (begin = performance.now()));
    asked.end(body);
  });
}

const done = (): readonly string[] => {
  try {
    return readFileSync(join(folder, "done"), "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
};

describe.each(await queueCases())("with $name", ({ name, isMissing, start: startQueue }) => {
  let queue: QueueServer;
  beforeAll(async () => {
    if (!isMissing) queue = await startQueue();
  });
  afterAll(() => queue?.stop());
  test.skipIf(isMissing)(
    "a burst with duplicates and a kill -9 in the middle loses nothing and does each once in effect",
    async () => {
      const { redisUrl, databaseUrl } = await queue.place();
      const { twice, rss } = await burst(name, { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl });
      // Only what had been done and not yet written down when the process was killed: at most one for each of four workers.
      expect(twice).toBeLessThanOrEqual(4);
      expect(rss).toBeLessThan(400e6);
    },
  );
});

async function burst(name: string, env: NodeJS.ProcessEnv): Promise<{ readonly twice: number; readonly rss: number }> {
  const port = await freePort();
  server = await start(port, env);
  // A fifth comes twice, as when somebody presses Redeliver.
  const sent = Array.from({ length: DELIVERIES }, (_, index) => index).flatMap((index) =>
    index % 5 === 0 ? [index, index] : [index],
  );
  const times: number[] = [];
  const failed: number[] = [];
  let acknowledged = 0;
  const send = async (index: number): Promise<void> => {
    const { status, milliseconds } = await deliver(port, index);
    times.push(milliseconds);
    if (status !== 202) failed.push(index);
    else if (++acknowledged === KILLED_AT) server?.kill("SIGKILL");
  };
  const half = sent.slice(0, sent.length / 2);
  await Promise.all(half.map(send));
  expect(failed.length).toBeGreaterThan(0);
  server = await start(port, env);
  await Promise.all(sent.slice(sent.length / 2).map(send));
  // GitHub shows what failed, and whoever looks after the App sends it again.
  while (failed.length > 0) await Promise.all(failed.splice(0).map(send));
  await expect.poll(() => new Set(done()).size, { timeout: 60_000 }).toBe(DELIVERIES);
  // Let whatever would come twice come.
  await sleep(300);
  const all = done();
  const twice = all.length - new Set(all).size;
  const [p99 = 0] = times.toSorted((a, b) => b - a).slice(Math.floor(times.length / 100));
  const { rss } = await new Promise<{ rss: number }>((resolve) => {
    server?.once("message", (message) => resolve(Object(message)));
    server?.send("how are you");
  });
  console.log(`burst with ${name}: p99 ${Math.round(p99)} ms, twice ${twice}, ${Math.round(rss / 1e6)} MB`);
  return { twice, rss };
}
