import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryReaderOf } from "#schemas/dialects/query-readers.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { isReviewedQuery, readFoundQuery } from "./read-found-query.ts";
import { adviseIndexes } from "./advise-indexes.ts";
import { indexSuggestions } from "./index-suggestions.ts";
import { observeQueries } from "./observe-queries.ts";
import { planScale } from "./plan-scale.ts";
import { withScale } from "./with-scale.ts";

const SCHEMA = `
create table customers (id bigint primary key, email text not null, deleted_at timestamptz);
create table orders (id bigint primary key, customer_id bigint not null references customers, status text not null,
  placed_at timestamptz not null, total numeric not null, note text);
create index orders_status_idx on orders (status);
`;

let engine: EmbeddedEngine;
let index: ModelIndex;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir, extensions: ["pg_buffercache"] });
  const file = { path: "schema.sql", text: SCHEMA, version: "1", transaction: "file" as const };
  const { model } = await readReplayed(await replay([file], { on: engine }), 1);
  index = indexModel(model);
});
afterAll(async () => {
  await engine.close();
});

async function advise(sql: string) {
  const reader = await queryReaderOf("postgres");
  if (!reader) throw new Error("no reader");
  const origin = { file: "queries/q.sql", line: 1, column: 1 };
  const query = readFoundQuery({ source: { kind: "file" }, origin, sql }, reader, index);
  if (!isReviewedQuery(query)) throw new Error("no query");
  const relations = {
    "public.customers": { rows: 20_000, bytes: 4e6 },
    "public.orders": { rows: 12_000_000, bytes: 3e9 },
  };
  const scale = planScale(index, { version: 1, connection: "production", takenAt: "2026-11-20", relations });
  return withScale(engine, scale, (scaled) => adviseIndexes({ scaled, scale, index, sql, resolved: query.resolved }));
}

describe("adviseIndexes", () => {
  it.each([
    ["a column that is compared", "select * from orders where customer_id = $1", ["(customer_id)"]],
    [
      "what is compared, and what is sorted by behind it",
      "select id from orders where customer_id = $1 order by placed_at desc limit 10",
      ["(customer_id, placed_at)"],
    ],
    ["an expression", "select id from customers where lower(email) = $1", ["((lower(email)))"]],
    ["nothing where the key serves", "select * from orders where id = $1", []],
    ["nothing for a whole table", "select * from orders", []],
  ])("finds %s", async (_, sql, keys) => {
    const advice = await advise(sql);
    expect(advice.map((one) => `(${one.keys.join(", ")})`)).toEqual(keys);
    for (const { costBefore, costAfter } of advice) expect(costAfter).toBeLessThan(costBefore);
  });

  it("is told with the sizes that it rests on", async () => {
    const sql = "select id, note from orders where status = 'paid' and placed_at > now()";
    const question = { engine, model: index.model, sql };
    const [presumed] = await indexSuggestions(question);
    expect(presumed).toMatchObject({
      kind: "index",
      sql: "CREATE INDEX CONCURRENTLY ON public.orders (status, placed_at) INCLUDE (id, note)",
      title: expect.stringMatching(/^An index on public\.orders \(status, placed_at\): table sizes are unknown/),
    });
    expect(presumed?.title).toMatch(/It makes public\.orders\.orders_status_idx needless\.$/);
    expect(presumed?.costAfter).toBeLessThan(presumed?.costBefore ?? 0);
    const relations = { "public.orders": { rows: 40, bytes: 8192 } };
    const statistics = { version: 1 as const, connection: "production", takenAt: "2026-11-20", relations };
    expect(await indexSuggestions({ ...question, statistics }), "a table of 40 rows").toEqual([]);
    expect(await indexSuggestions({ ...question, sql: "select from where" })).toEqual([]);
  });

  it("says which index the new one makes needless", async () => {
    const [first] = await advise("select id, note from orders where status = $1 and placed_at > $2");
    expect(first?.redundant).toEqual(["public.orders.orders_status_idx"]);
  });

  it("leaves the engine as it was", async () => {
    const { rows } = await engine.query(
      "select relname, pg_relation_size(oid)::int as size, relpages from pg_class where relname in ('orders', 'orders_pkey') order by 1",
    );
    expect(rows).toEqual([
      { relname: "orders", size: 0, relpages: 0 },
      { relname: "orders_pkey", size: 8192, relpages: 0 },
    ]);
    await engine.exec(
      "reset all; insert into customers values (1, 'a'); insert into orders values (1, 1, 'open', now(), 5)",
    );
    expect((await engine.query("select id from orders where id = 1")).rows).toEqual([{ id: 1 }]);
    await engine.exec("truncate customers, orders");
  });
});

describe("observeQueries", () => {
  it("prepares and plans at the size of the statistics, and says what cannot be prepared", async () => {
    const statistics = {
      version: 1,
      connection: "production",
      takenAt: "2026-11-20",
      relations: { "public.orders": { rows: 12_000_000, bytes: 3e9, pages: 300_000 } },
    } as const;
    const [fine, broken] = await observeQueries(
      engine,
      ["select id, total from orders", "select state from orders"],
      planScale(index, statistics),
    );
    expect(fine?.resultTypes).toEqual(["bigint", "numeric"]);
    expect(fine?.plan?.sizes).toBe("statistics");
    expect(fine?.plan?.root).toMatchObject({ type: "Seq Scan", rows: 12_000_000, totalCost: 420_000 });
    expect(broken?.failure?.message).toBe('column "state" does not exist');
  });

  it("puts rows on one page where the engine's memory cannot be used", async () => {
    const other = await startFrom(engine);
    const [found] = await observeQueries(other, ["select * from orders where id = $1"], planScale(index, undefined));
    expect(found?.plan).toMatchObject({ sizes: "density", root: { type: "Index Scan" } });
  });
});

/** The same engine, whose insides are said to be unlike what they were: every attempt to use them fails. */
function startFrom(real: EmbeddedEngine): Promise<EmbeddedEngine> {
  return Promise.resolve({ ...real, inflate: () => real.exec("select no_such_inside()").then(() => undefined) });
}
