import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { dispatcher, type DispatcherOptions } from "./dispatcher.ts";
import type { Task } from "./journal.ts";

const task = (id: string, more: Partial<{ installation: number; repo: string; number: number }> = {}): Task => ({
  id,
  job: {
    kind: "pull-request",
    installation: 7,
    owner: "outdoor",
    repo: "shop",
    number: Number(id.replace(/\D/g, "")),
    ...more,
  },
});

function watched(options: Partial<DispatcherOptions> = {}) {
  const log: string[] = [];
  const made = dispatcher({
    run: async ({ id }, signal) => {
      log.push(`start ${id}`);
      await sleep(5, undefined, { signal });
      log.push(`end ${id}`);
    },
    onEnd: async ({ id }, how) => void log.push(`${how} ${id}`),
    ...options,
  });
  const settled = () => expect.poll(() => log.filter((line) => !/^(?:start|end)/.test(line)).length);
  return { log, settled, ...made };
}

test("does the tasks of a repository one after the other, in their order", async () => {
  const { add, log, settled } = watched({ concurrency: 4 });
  for (const id of ["1", "2", "3"]) add(task(id));
  await settled().toBe(3);
  expect(log.filter((line) => /^(?:start|end)/.test(line))).toEqual([
    "start 1",
    "end 1",
    "start 2",
    "end 2",
    "start 3",
    "end 3",
  ]);
});

test("does those of several repositories at a time, and no more than it may", async () => {
  let now = 0;
  let peak = 0;
  const run = async () => {
    peak = Math.max(peak, ++now);
    await sleep(5);
    now--;
  };
  const { add, settled } = watched({ concurrency: 2, run });
  for (const id of ["1", "2", "3", "4"]) add(task(id, { repo: `shop-${id}` }));
  await settled().toBe(4);
  expect(peak).toBe(2);
});

test("lets no installation wait for all of another's", async () => {
  const { add, log, settled } = watched();
  for (const id of ["1", "2", "3", "4", "5"]) add(task(id, { repo: `large-${id}` }));
  add(task("6", { installation: 8, repo: "small" }));
  await settled().toBe(6);
  const starts = log.filter((line) => line.startsWith("start"));
  expect(starts.indexOf("start 6")).toBeLessThanOrEqual(2);
});

test("replaces an older task of the same pull request where it waits, and calls off where it runs", async () => {
  const { add, log, settled } = watched();
  add(task("a", { number: 1 }));
  await expect.poll(() => log).toEqual(["start a"]);
  add(task("b", { number: 1 }));
  add(task("other", { number: 2 }));
  add(task("c", { number: 1 }));
  await settled().toBe(4);
  expect(log.filter((line) => !/^(?:start|end)/.test(line)).sort()).toEqual([
    "done c",
    "done other",
    "superseded a",
    "superseded b",
  ]);
  expect(log).not.toContain("start b");
});

test("tries again what failed, so often and no more, and goes on with the rest meanwhile", async () => {
  let failures = 0;
  const { add, log, settled, waiting } = watched({
    retryMs: [1, 1],
    run: ({ id }) => {
      if (id === "1" || (id === "2" && failures++ === 0)) return Promise.reject(new Error("refused"));
      return Promise.resolve();
    },
  });
  for (const id of ["1", "2", "3"]) add(task(id));
  await settled().toBe(3);
  expect(log.sort()).toEqual(["done 2", "done 3", "given up 1"]);
  expect(waiting()).toBe(0);
});

test("says when it takes no more", () => {
  const { add, isFull } = watched({ mostWaiting: 2, run: () => new Promise(() => undefined) });
  add(task("1"));
  add(task("2"));
  expect(isFull()).toBe(false);
  add(task("3"));
  expect(isFull()).toBe(true);
});

test("closes when what runs has ended, calls off what takes too long, and leaves the rest to the journal", async () => {
  const quick = watched();
  quick.add(task("1"));
  quick.add(task("2"));
  await quick.close(1000);
  expect(quick.log).toEqual(["start 1", "end 1", "done 1"]);
  const slow = watched({ run: (_, signal) => sleep(60_000, undefined, { signal }) });
  slow.add(task("1"));
  await slow.close(5);
  expect(slow.log).toEqual([]);
});
