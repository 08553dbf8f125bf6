import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyEngine } from "#schemas/replay/empty-engine.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { modelOf } from "./engine-schema.ts";
import { walkBack } from "./walk-back.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir });
});
afterAll(async () => {
  await engine.close();
});
beforeEach(async () => {
  await emptyEngine(engine);
  await engine.exec("create table orders (id bigint primary key, status text)");
});

async function check(up: string, down: string, expected: readonly string[]): Promise<void> {
  const before = await modelOf(engine);
  await engine.exec(up);
  const version = "0002";
  const file = {
    path: "up.sql",
    text: up,
    version,
    transaction: "file",
    down: { path: "down.sql", text: down },
  } as const;
  const problems = await walkBack({ engine, before, files: [file] });
  expect(problems.map(({ message }) => message)).toEqual(expected);
}

describe("walkBack", () => {
  const add = "alter table orders add column note text; create index orders_note on orders (note);";
  it.each([
    ["is silent about a way down that leads back", add, "alter table orders drop column note;", []],
    [
      "is silent about a dropped column that comes back at the end",
      "alter table orders drop column status",
      "alter table orders add column status text",
      [],
    ],
    [
      "names what is left behind",
      add,
      "drop index orders_note;",
      ["The way down down.sql does not lead back: column public.orders.note is left behind"],
    ],
    [
      "says which statement fails",
      add,
      "alter table orders drop column notes;",
      ['The way down down.sql fails: column "notes" of relation "orders" does not exist'],
    ],
    [
      "names what is missing",
      add,
      "alter table orders drop column note; alter table orders drop column status;",
      ["The way down down.sql does not lead back: column public.orders.status is missing"],
    ],
  ])("%s", (_, up, down, expected) => check(up, down, expected));
});
