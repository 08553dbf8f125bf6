import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MigrationFile } from "../source.ts";
import { measureMigrations, type MeasuredMigrations } from "./measure-migrations.ts";

const cacheDir = mkdtempSync(join(tmpdir(), "querygenie-kept-"));
afterAll(() => {
  rmSync(cacheDir, { recursive: true, force: true });
});

const file = (path: string, text: string): MigrationFile => ({ path, text, version: path, transaction: "file" });

/** Long enough to be kept: what the comment says is not looked at. */
const history = [
  {
    ...file("platform.sql", "create schema platform; create table platform.users (id int primary key);"),
    isPrelude: true,
  },
  file("1.sql", "create table orders (id int primary key, note text);\ncreate extension no_such_extension;\n"),
  file(
    "2.sql",
    `-- ${"long ".repeat(25_000)}\nalter table orders add column total int;\nset search_path = platform;\n`,
  ),
] as const;

const bombs = [
  "alter table orders add column first int;",
  "with recursive endless as (select 1 as n union all select n + 1 from endless) select count(*) from endless;",
  "alter table orders alter column note set not null;",
  "select pg_sleep(100);",
  "do $$ begin loop end loop; end $$;",
  "alter table orders add column never int;",
];
const next = [
  file("3.sql", bombs.join("\n")),
  file("4.sql", "create table carts (id int primary key);\nselct oops;\nalter table orders drop column note;"),
];

const told = ({ base, head, files, problems }: MeasuredMigrations) => ({
  base: base.tables.map(({ id, columns, origin }) => [id, columns.map(({ name }) => name), origin]),
  head: head.tables.map(({ id, columns, origin }) => [id, columns.map(({ name }) => name), origin]),
  complete: [base.complete, head.complete],
  measured: files.map(({ statements }) => statements.map(({ outcome, measurement }) => [outcome, measurement])),
  problems: problems.map(({ code, origin, help }) => [code, `${origin?.file ?? ""}:${origin?.line ?? 0}`, help]),
});

async function measure(): Promise<ReturnType<typeof told>> {
  const measured = await measureMigrations(history, next, { cacheDir, timeoutMs: 1000 });
  try {
    const { rows } = await measured.engine.query(
      "select count(*)::int as columns from information_schema.columns where table_name = 'orders'",
    );
    expect(rows).toEqual([{ columns: 3 }]);
    return told(measured);
  } finally {
    await measured.engine.close();
  }
}

describe("measureMigrations", { timeout: 120_000 }, () => {
  it("gives the history's schema and an engine with it where nothing is new, from the cache too", async () => {
    for (const _ of [1, 2]) {
      const { base, head, files, engine } = await measureMigrations(history, [], { cacheDir });
      const { rows } = await engine.query("select count(*)::int as orders from orders");
      await engine.close();
      expect([head, files, rows]).toEqual([base, [], [{ orders: expect.any(Number) }]]);
      expect(base.tables.map(({ id }) => id)).toContain("public.orders");
    }
  });

  it("stops what never ends, and says the same from the kept history as without it", async () => {
    const first = await measure();
    expect(readdirSync(cacheDir).filter((name) => name.startsWith("history-"))).toHaveLength(2);
    expect(await measure()).toEqual(first);
    expect(first.problems.map(([code, place]) => `${String(code)} ${String(place)}`)).toEqual([
      "QG302 3.sql:2",
      "QG302 3.sql:4",
      "QG302 3.sql:5",
      "QG202 4.sql:2",
    ]);
    expect(first.problems[2]?.[2]).toContain("what follows in it was left out too");
    expect(first.base).toMatchObject([
      ["public.orders", ["id", "note", "total"], { created: { file: "1.sql" }, changed: { file: "2.sql" } }],
    ]);
    expect(first.head).toMatchObject([
      ["public.carts", ["id"], { created: { file: "4.sql", line: 1 } }],
      ["public.orders", ["id", "total", "first"], { created: { file: "1.sql" }, changed: { file: "4.sql" } }],
    ]);
    expect(first.complete).toEqual([false, false]);
    expect(first.measured[0]?.map(([outcome]) => outcome)).toEqual([
      "applied",
      "failed",
      "applied",
      "failed",
      "failed",
      "failed",
    ]);
    expect(first.measured[0]?.[2]?.[1]).toMatchObject({ scans: ["public.orders"] });
  });
});
