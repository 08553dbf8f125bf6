import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal, type Task } from "./journal.ts";
import { REMEMBERED_MS } from "./queue/queue.ts";

const task = (id: string, number = 1): Task => ({
  id,
  job: { kind: "pull-request", installation: 7, owner: "outdoor", repo: "shop", number },
});
const file = (): string => join(mkdtempSync(join(tmpdir(), "querygenie-journal-")), "state", "webhooks.jsonl");

test("keeps what was accepted and is not done, in its order, over the end of the process", async () => {
  const path = file();
  const first = await openJournal(path, { now: () => 0 });
  await Promise.all([first.accept("d1", [task("a"), task("b")]), first.accept("d2", [task("c")])]);
  await first.done("a");
  await first.setNote("paused outdoor/shop#1", "grace");
  await first.close();
  expect(statSync(path).mode & 0o077).toBe(0);
  const second = await openJournal(path, { now: () => 1000 });
  expect(second.left.map(({ id }) => id)).toEqual(["b", "c"]);
  expect([second.knows("d1"), second.knows("d2"), second.knows("d3")]).toEqual([true, true, false]);
  expect([second.note("paused outdoor/shop#1"), second.note("other")]).toEqual(["grace", null]);
  await second.close();
});

test("reads past the line that a killed process left half written, and goes on behind it", async () => {
  const path = file();
  const first = await openJournal(path, { now: () => 0 });
  await first.accept("d1", [task("a")]);
  await first.close();
  appendFileSync(path, '{"kind":"done","ta');
  const second = await openJournal(path, { now: () => 0 });
  expect([second.unreadable, second.left.map(({ id }) => id)]).toEqual([1, ["a"]]);
  await second.done("a");
  await second.close();
  const third = await openJournal(path, { now: () => 0 });
  expect([third.unreadable, third.left]).toEqual([0, []]);
  await third.close();
});

test("forgets deliveries after some days, and never what is to be done", async () => {
  const path = file();
  const first = await openJournal(path, { now: () => 0 });
  await first.accept("d1", [task("a")]);
  await first.close();
  const second = await openJournal(path, { now: () => REMEMBERED_MS + 1 });
  expect([second.knows("d1"), second.left.map(({ id }) => id)]).toEqual([false, ["a"]]);
  await second.close();
});

test("writes a delivery once that comes twice at a time, and tells both when it is written", async () => {
  const path = file();
  const journal = await openJournal(path, { now: () => 0 });
  const accepted = [journal.accept("d1", [task("a")]), journal.accept("d1", [task("a")])];
  expect(journal.knows("d1")).toBe(false);
  expect(await Promise.all(accepted)).toEqual([true, false]);
  expect([journal.knows("d1"), await journal.accept("d1", [task("a")])]).toEqual([true, false]);
  await journal.close();
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1);
});

test("does not know a delivery that could not be written", async () => {
  const journal = await openJournal(file(), { now: () => 0 });
  await journal.close();
  await expect(journal.accept("d2", [task("b")])).rejects.toThrow(/closed/);
  expect(journal.knows("d2")).toBe(false);
});

test("stays small however much goes through it", async () => {
  const path = file();
  const journal = await openJournal(path, { now: () => 0 });
  const long = "x".repeat(4000);
  for (let round = 0; round < 10; round++) {
    const names = Array.from({ length: 500 }, (_, index) => `${round}-${index}`);
    const large = (id: string): Task => ({
      id,
      job: {
        kind: "command",
        installation: 7,
        owner: "o",
        repo: "r",
        number: 1,
        comment: 1,
        user: "u",
        author: "a",
        text: long,
      },
    });
    await Promise.all(names.map((name) => journal.accept(name, [large(name)])));
    await Promise.all(names.map((name) => journal.done(name)));
  }
  await journal.accept("last", [task("kept")]);
  await journal.close();
  expect(statSync(path).size).toBeLessThan(18 * 1024 * 1024);
  const again = await openJournal(path, { now: () => 0 });
  expect(again.left.map(({ id }) => id)).toEqual(["kept"]);
  expect(again.knows("0-0")).toBe(true);
  await again.close();
  expect(statSync(path).size).toBeLessThan(1024 * 1024);
});

test("refuses lines of another form without losing those around them", async () => {
  const path = file();
  await (await openJournal(path, { now: () => 0 })).close();
  const good = JSON.stringify({ kind: "accepted", delivery: "d", at: 0, tasks: [task("a")] });
  writeFileSync(path, `{"kind":"other"}\nnull\n${good}\n`);
  const journal = await openJournal(path, { now: () => 0 });
  expect([journal.unreadable, journal.left.map(({ id }) => id)]).toEqual([2, ["a"]]);
  await journal.close();
  expect(readFileSync(path, "utf8")).not.toContain("other");
});

test("reads the pauses that the first version wrote", async () => {
  const path = file();
  await (await openJournal(path, { now: () => 0 })).close();
  const pause = (pull: string, isPaused: boolean): string => JSON.stringify({ kind: "paused", pull, isPaused });
  writeFileSync(path, `${pause("o/r#1", true)}\n${pause("o/r#2", true)}\n${pause("o/r#2", false)}\n`);
  const journal = await openJournal(path, { now: () => 0 });
  expect([journal.unreadable, journal.note("paused o/r#1"), journal.note("paused o/r#2")]).toEqual([0, "", null]);
  await journal.close();
});
