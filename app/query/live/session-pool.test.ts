import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { BusyError } from "../connection.ts";
import { sessionPool, type PooledSession } from "./session-pool.ts";

function pool(options: { most?: number; waitingMost?: number; idleMs?: number; fails?: () => boolean } = {}) {
  const log: string[] = [];
  let opened = 0;
  const made = sessionPool({
    ...options,
    waitingMost: options.waitingMost ?? 8,
    open: async () => {
      if (options.fails?.()) throw new Error("refused");
      const name = String(++opened);
      log.push(`open ${name}`);
      const session: PooledSession & { name: string; broken: boolean } = {
        name,
        broken: false,
        isBroken: () => session.broken,
        close: async () => void log.push(`close ${name}`),
      };
      return session;
    },
  });
  return { log, ...made };
}

test("uses one session again, and never more than it may", async () => {
  const { use, log } = pool({ most: 2 });
  let now = 0;
  let peak = 0;
  await Promise.all(
    Array.from({ length: 6 }, () =>
      use(async () => {
        peak = Math.max(peak, ++now);
        await sleep(5);
        now--;
      }),
    ),
  );
  expect([peak, log]).toEqual([2, ["open 1", "open 2"]]);
});

test("refuses whom it cannot make wait", async () => {
  const { use } = pool({ most: 1, waitingMost: 1 });
  const answers = await Promise.allSettled([1, 2, 3].map(() => use(() => sleep(5))));
  expect(answers.map((answer) => (answer.status === "fulfilled" ? "ok" : answer.reason instanceof BusyError))).toEqual([
    "ok",
    "ok",
    true,
  ]);
});

test("forgets a caller who left while waiting", async () => {
  const { use, waiting } = pool({ most: 1 });
  const caller = new AbortController();
  const first = use(() => sleep(20));
  const left = use(() => Promise.resolve("asked"), { signal: caller.signal });
  caller.abort();
  await expect(left).rejects.toThrow(/left/);
  expect(waiting()).toBe(0);
  await first;
  expect(await use(() => Promise.resolve("next"))).toBe("next");
});

test("closes what broke and opens another", async () => {
  const { use, log } = pool();
  await use(async (session) => void (session.broken = true));
  expect(await use(({ name }) => Promise.resolve(name))).toBe("2");
  expect(log).toEqual(["open 1", "close 1", "open 2"]);
});

test("gives the place back when a session cannot be opened", async () => {
  let fails = true;
  const { use } = pool({ most: 1, fails: () => fails });
  await expect(use(() => Promise.resolve())).rejects.toThrow("refused");
  fails = false;
  expect(await use(() => Promise.resolve("answered"))).toBe("answered");
});

test("closes what nobody uses, and all at the end", async () => {
  const { use, log, close } = pool({ idleMs: 5 });
  await use(() => Promise.resolve());
  await expect.poll(() => log).toEqual(["open 1", "close 1"]);
  await use(() => Promise.resolve());
  await close();
  expect(log.slice(2)).toEqual(["open 2", "close 2"]);
  await expect(use(() => Promise.resolve())).rejects.toThrow(/closed/);
});

test("closes a session that does not fit to open one that does, and keeps to its number", async () => {
  const { use, log } = pool({ most: 1 });
  const fits = (name: string) => ({ fits: (session: PooledSession & { name: string }) => session.name === name });
  await use(() => Promise.resolve());
  await use(() => Promise.resolve(), fits("1"));
  await use(() => Promise.resolve(), fits("other"));
  expect(log).toEqual(["open 1", "close 1", "open 2"]);
});
