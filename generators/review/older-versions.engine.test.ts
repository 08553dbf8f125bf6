import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { reviewOn } from "#test/support/review-case.ts";

const BASE = `create table orders (id int primary key, note text, constraint given check (note is not null));
create table parted (id int) partition by range (id);
create table part (id int, check (id >= 0 and id < 10 and id is not null));
`;

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await bootEngine({ cacheDir: testCacheDir, extensions: ["pgcrypto"] });
});
afterAll(() => engine.close());

const file = (path: string, text: string) => ({ path, text, version: path, transaction: "file" as const });

async function review(engineVersion: string, sql: string) {
  const { findings, problems, statements } = await reviewOn(engine, {
    history: [file("1.sql", BASE)],
    files: [file("2.sql", sql)],
    settings: { engineVersion },
  });
  return {
    findings,
    rules: findings.map(({ rule }) => rule),
    problems: problems.map(({ code, origin, message }) => `${code} ${String(origin?.line)} ${message}`),
    how: statements.map(({ measurement }) => measurement?.how),
    locks: statements.flatMap(({ measurement }) => measurement?.locks ?? []),
  };
}

describe("a migration for an older PostgreSQL", () => {
  test.each([
    ["alter table orders add column state text default 'new'", "10", "11", "add-column-volatile-default"],
    ["alter table orders alter column note set not null", "11", "12", "set-not-null"],
  ])("%s costs more on %s than on %s", async (sql, older, newer, rule) => {
    const [before, after] = [await review(older, sql), await review(newer, sql)];
    expect(before.rules).toContain(rule);
    expect(before.how).toEqual(["declared"]);
    expect(after.rules).not.toContain(rule);
    expect(after.how).toEqual(["measured"]);
  });

  test("is offered no safe form that would read the table there all the same", async () => {
    const required = "alter table orders alter column note set not null";
    const of = async (version: string) => {
      const { findings } = await review(version, required);
      return findings.find(({ rule }) => rule === "set-not-null");
    };
    const old = await of("11");
    expect([old?.rewrite, old?.help]).toEqual([
      undefined,
      expect.stringContaining("keep a validated CHECK (note IS NOT NULL)"),
    ]);
    const added = "alter table orders add column state text not null default 'new'";
    const { findings } = await review("10", added);
    const steps = findings.find(({ rule }) => rule === "add-column-volatile-default")?.rewrite?.steps ?? [];
    const last = steps.find(({ sql }) => sql.includes("SET NOT NULL"));
    expect(last?.measured, "measured on 18, declared for 10").toMatchObject({
      how: "declared",
      scans: ["public.orders"],
    });
  });

  test("locks the parent of a partition against everybody before 12", async () => {
    const attach = "alter table parted attach partition part for values from (0) to (10)";
    const lock = { relation: "public.parted", mode: "AccessExclusiveLock" };
    expect((await review("11", attach)).locks).toContainEqual(lock);
    expect((await review("12", attach)).locks).not.toContainEqual(lock);
  });

  test("is told what the version does not have, where it is written", async () => {
    const sql = "alter table orders add column x int;\ncreate unique index on orders (x) nulls not distinct;\n";
    expect((await review("14", sql)).problems).toEqual([
      "QG431 2 PostgreSQL 14 does not have NULLS NOT DISTINCT, which came with PostgreSQL 15",
    ]);
    expect((await review("15", sql)).problems).toEqual([]);
  });

  test("may call a function that the schema or an extension has itself", async () => {
    const call = "alter table orders add column k uuid default gen_random_uuid();";
    expect((await review("12", call)).problems).toHaveLength(1);
    expect((await review("12", `create extension pgcrypto;\n${call}`)).problems).toEqual([]);
    const own = "create function uuidv7() returns uuid language sql as 'select null::uuid';\n";
    expect((await review("16", `${own}alter table orders add column k uuid default uuidv7();`)).problems).toEqual([]);
  });
});
