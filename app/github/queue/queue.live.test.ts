import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { queueCases, type QueueServer } from "#test/support/queue-places.ts";
import { silentLog } from "../../log.ts";
import type { Job } from "../job.ts";
import { openQueue, type QueuePlace } from "./open-queue.ts";
import type { Queue, QueueOptions } from "./queue.ts";

type Place = Partial<Pick<Job, "installation" | "repo">>;
const review = (number: number, more: Place = {}): Job => ({
  kind: "pull-request",
  installation: 7,
  owner: "outdoor",
  repo: "shop",
  number,
  ...more,
});
/** A job that nothing replaces. */
const button = (number: number, more: Place = {}): Job => ({
  ...review(number, more),
  kind: "docs",
  number,
  user: "ada",
});

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}
const gate = (): Gate => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
};

describe.each(await queueCases())("the queue in $name", ({ isMissing, isShared, start }) => {
  let server: QueueServer;
  let place: QueuePlace;
  let log: string[];
  const queues: Queue[] = [];
  beforeAll(async () => {
    if (!isMissing) server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    if (isMissing) return;
    place = await server.place();
    log = [];
  });
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close(50)));
  });

  const name = ({ repo, ...job }: Job): string => `${repo}${"number" in job ? ` ${job.number}` : ""}`;

  /** Opens the queue; what runs is in the log, and takes a moment. */
  async function opened(options: Partial<QueueOptions> = {}): Promise<Queue> {
    const queue = await openQueue(place, {
      log: silentLog,
      leaseMs: 3000,
      async run({ job }, signal) {
        log.push(`begin ${name(job)}`);
        await sleep(10, undefined, { signal });
      },
      onEnd: ({ job }, how) => log.push(`${how} ${name(job)}`),
      ...options,
    });
    queues.push(queue);
    return queue;
  }
  const ended = () => expect.poll(() => log.filter((line) => !line.startsWith("begin")).length, { timeout: 20_000 });

  test.skipIf(isMissing)("takes a delivery once, also when two copies come at a time", async () => {
    const queue = await opened();
    const both = await Promise.all([queue.accept("d1", [button(1)]), queue.accept("d1", [button(1)])]);
    expect(both.toSorted()).toEqual(["accepted", "duplicate"]);
    expect(await queue.accept("d1", [button(1)])).toBe("duplicate");
    await ended().toBe(1);
    await sleep(100);
    expect(log).toEqual(["begin shop 1", "done shop 1"]);
  });

  test.skipIf(isMissing)(
    "does a repository's jobs one after the other in their order, others beside them",
    async () => {
      let [now, peak] = [0, 0];
      const busy = new Map<string, number>();
      const queue = await opened({
        concurrency: 3,
        async run({ job }) {
          log.push(`begin ${name(job)}`);
          peak = Math.max(peak, ++now);
          busy.set(job.repo, (busy.get(job.repo) ?? 0) + 1);
          if ((busy.get(job.repo) ?? 0) > 1) log.push("begin two of a repository");
          await sleep(20);
          busy.set(job.repo, (busy.get(job.repo) ?? 0) - 1);
          now--;
        },
      });
      for (const number of [1, 2, 3, 4]) {
        await queue.accept(`a${number}`, [button(number)]);
        await queue.accept(`b${number}`, [button(number, { repo: "depot" })]);
      }
      await ended().toBe(8);
      for (const repo of ["shop", "depot"])
        expect(log.filter((line) => line.startsWith(`begin ${repo}`))).toEqual(
          [1, 2, 3, 4].map((number) => `begin ${repo} ${number}`),
        );
      expect(log).not.toContain("begin two of a repository");
      expect(peak).toBe(2);
    },
  );

  test.skipIf(isMissing)(
    "replaces an older job of the same pull request where it waits and where it runs",
    async () => {
      const first = gate();
      const queue = await opened({
        async run({ id }, signal) {
          log.push(`begin ${id}`);
          if (id !== "d1#0") return;
          first.open();
          await sleep(60_000, undefined, { signal });
        },
        onEnd: ({ id }, how) => log.push(`${how} ${id}`),
      });
      await queue.accept("d1", [review(1)]);
      await first.opened;
      for (const delivery of ["d2", "d3"]) await queue.accept(delivery, [review(1)]);
      await queue.accept("other", [review(2)]);
      await ended().toBe(4);
      expect(log.filter((line) => !line.startsWith("begin")).toSorted()).toEqual([
        "done d3#0",
        "done other#0",
        "superseded d1#0",
        "superseded d2#0",
      ]);
      expect(log).not.toContain("begin d2#0");
    },
  );

  test.skipIf(isMissing)("lets no installation wait for all of another's", async () => {
    const held = gate();
    const queue = await opened({
      async run({ job }) {
        log.push(`begin ${name(job)}`);
        await held.opened;
      },
    });
    for (let index = 1; index <= 8; index++) await queue.accept(`l${index}`, [review(1, { repo: `large-${index}` })]);
    await queue.accept("s", [review(1, { installation: 8, repo: "small" })]);
    held.open();
    await ended().toBe(9);
    expect(log.filter((line) => line.startsWith("begin")).indexOf("begin small 1")).toBeLessThanOrEqual(2);
  });

  test.skipIf(isMissing)("takes no more than it may, and does not know what it refused", async () => {
    const held = gate();
    const queue = await opened({ mostWaiting: 2, run: () => held.opened });
    await queue.accept("d0", [button(0)]);
    await expect.poll(() => queue.waiting(), { timeout: 5000 }).toBe(0);
    for (const number of [1, 2]) expect(await queue.accept(`d${number}`, [button(number)])).toBe("accepted");
    expect(await queue.accept("d3", [button(3)])).toBe("full");
    expect(queue.isFull()).toBe(true);
    held.open();
    await ended().toBe(3);
    await expect.poll(() => queue.isFull(), { timeout: 5000 }).toBe(false);
    expect(await queue.accept("d3", [button(3)])).toBe("accepted");
    await ended().toBe(4);
  });

  test.skipIf(isMissing)(
    "tries again what failed, so often and no more, and goes on with the rest meanwhile",
    async () => {
      let failures = 0;
      const queue = await opened({
        retryMs: [50, 50],
        async run({ job }) {
          log.push(`begin ${name(job)}`);
          if (name(job) === "shop 1" || (name(job) === "shop 2" && failures++ === 0)) throw new Error("refused");
        },
      });
      for (const number of [1, 2, 3]) await queue.accept(`d${number}`, [button(number)]);
      await ended().toBe(3);
      expect(log.filter((line) => !line.startsWith("begin")).toSorted()).toEqual([
        "done shop 2",
        "done shop 3",
        "given up shop 1",
      ]);
      expect(log.filter((line) => line === "begin shop 1")).toHaveLength(3);
      expect(log.indexOf("done shop 3")).toBeLessThan(log.lastIndexOf("begin shop 1"));
    },
  );

  test.skipIf(isMissing)("leaves what is not done to the next process, and notes what is noted", async () => {
    const first = await opened({ run: (_, signal) => sleep(60_000, undefined, { signal }) });
    await first.accept("d1", [button(1), button(2)]);
    await first.setNote("paused", "grace");
    await first.setNote("gone", "x");
    await first.setNote("gone", null);
    await first.close(20);
    queues.splice(0);
    expect(log).toEqual([]);
    const second = await opened();
    await ended().toBe(2);
    expect(log.filter((line) => line.startsWith("done"))).toEqual(["done shop 1", "done shop 2"]);
    expect([await second.note("paused"), await second.note("gone")]).toEqual(["grace", null]);
    expect(await second.accept("d1", [button(1)])).toBe("duplicate");
  });

  test.skipIf(isMissing || !isShared)(
    "is done by two servers, no job twice and no two of a repository at a time",
    async () => {
      const busy = new Set<string>();
      const run: QueueOptions["run"] = async ({ job }) => {
        log.push(`begin ${name(job)}`);
        if (busy.has(job.repo)) log.push("begin two of a repository");
        busy.add(job.repo);
        await sleep(5);
        busy.delete(job.repo);
      };
      const [one, two] = [await opened({ run, concurrency: 2 }), await opened({ run, concurrency: 2 })];
      const jobs = Array.from({ length: 60 }, (_, index) => button(index, { repo: `shop-${index % 6}` }));
      await Promise.all(jobs.map((job, index) => (index % 2 ? one : two).accept(`d${index}`, [job])));
      await ended().toBe(60);
      await sleep(200);
      const begun = log.filter((line) => line.startsWith("begin"));
      expect([begun.length, new Set(begun).size]).toEqual([60, 60]);
    },
  );

  test.skipIf(isMissing || !isShared)("calls off on one server what a delivery to another replaces", async () => {
    const first = gate();
    const one = await opened({
      async run({ id }, signal) {
        if (id !== "d1#0") return;
        first.open();
        await sleep(60_000, undefined, { signal });
      },
      onEnd: ({ id }, how) => log.push(`${how} ${id}`),
    });
    await one.accept("d1", [review(1)]);
    await first.opened;
    const two = await opened({ run: async () => undefined, onEnd: ({ id }, how) => log.push(`${how} ${id}`) });
    await two.accept("d2", [review(1)]);
    await ended().toBe(2);
    expect(log).toEqual(["superseded d1#0", "done d2#0"]);
  });

  test.skipIf(isMissing || !isShared)("keeps a job that takes longer than its lease", async () => {
    const run: QueueOptions["run"] = async ({ job }) => {
      log.push(`begin ${name(job)}`);
      await sleep(2500);
    };
    const one = await opened({ run, leaseMs: 1000 });
    await opened({ run, leaseMs: 1000 });
    await one.accept("d1", [button(1)]);
    await ended().toBe(1);
    expect(log).toEqual(["begin shop 1", "done shop 1"]);
  });
});

test("names the server that cannot be reached, and not its password", async () => {
  const options: QueueOptions = { log: silentLog, run: async () => undefined, onEnd: () => undefined };
  for (const place of [
    { dataDir: "", databaseUrl: "postgres://ada:s3cret@127.0.0.1:1/shop" },
    { dataDir: "", redisUrl: "redis://:s3cret@127.0.0.1:1" },
  ]) {
    const problem = await openQueue(place, options).catch((error: unknown) => error);
    expect(problem).toMatchObject({ problems: [{ code: "QG606" }], exitCode: 3 });
    expect(JSON.stringify(problem)).not.toContain("s3cret");
  }
});
