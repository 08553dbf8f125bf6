import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadParser, type Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { bootEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { optimize, type OptimizePorts } from "./optimize.ts";

const SCHEMA = `
create table customers (id int primary key, name text not null);
create table orders (id int primary key, customer_id int not null references customers, ordered_at date not null, note text);
create index on orders (ordered_at);
create table refunds (order_id int not null);
`;
const ROWS = `
insert into customers select n, 'customer ' || n % 50 from generate_series(1, 300) n;
insert into orders select n, 1 + n % 300, date '2015-01-01' + n % 3000, null from generate_series(1, 3000) n;
insert into refunds select n from generate_series(1, 9000) n where n % 3 = 0;
insert into refunds select n from generate_series(10000, 16000) n;
analyze;
`;

describe("optimize", () => {
  let engine: EmbeddedEngine;
  let parser: Parser;
  let model: SchemaModel;
  beforeAll(async () => {
    engine = await bootEngine({ cacheDir: testCacheDir });
    parser = await loadParser();
    const read = await readSchema("public", SCHEMA);
    const isBare = /^(?:note)$/;
    const tables = read.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({ ...column, nullable: isBare.test(column.name) })),
    }));
    model = { ...read, tables };
    await engine.exec(SCHEMA + ROWS);
  });
  afterAll(() => engine.close());

  const ports: OptimizePorts = {
    rows: async (sql) => {
      const { rows } = await engine.query(sql, [], { rowMode: "array" });
      return rows.map((row) => Object.values(row).map(String));
    },
    cost: async (sql) => {
      const { rows } = await engine.query(`explain (format json) ${sql}`);
      return (
        Number(/"Total Cost": ([\d.]+)/.exec(JSON.stringify(rows[0]).replaceAll("\\", ""))?.[1]) || explained(rows[0])
      );
    },
  };
  const explained = (row: unknown): number => Number(/"Total Cost":([\d.]+)/.exec(JSON.stringify(row))?.[1]);
  const run = (sql: string) => optimize(sql, { model, parser, ports });

  it("joins in place of searching a list", async () => {
    // A list that does not fit into memory is searched row by row.
    await engine.exec("set work_mem = '64kB'");
    const found = await run("select o.id from orders o where o.id not in (select r.order_id from refunds r)");
    expect(found.optimized).toMatch(/NOT \(?EXISTS/);
    expect(found.verified).toBe(true);
  });
  it("keeps NOT IN where a value may be missing", async () =>
    expect(
      (await run("select c.id from customers c where c.name not in (select o.note from orders o)")).suggestions,
    ).toEqual([]));
  it("stops at the first row in place of counting all", async () => {
    const found = await run(
      "select c.id from customers c where (select count(*) from orders o where o.customer_id = c.id) > 0",
    );
    expect(found.optimized).toMatch(/EXISTS/);
    expect(found.verified).toBe(true);
    expect(found.estimatedImprovement).toBeGreaterThan(0.5);
  });
  it("leaves DISTINCT out where the key is listed", async () => {
    const found = await run("select distinct id, note from orders");
    expect(found.suggestions.map(({ title }) => title.split(":")[0])).toEqual(["No DISTINCT"]);
  });
  it("keeps DISTINCT where rows may repeat", async () =>
    expect((await run("select distinct name from customers")).suggestions).toEqual([]));
  it("leaves out a join that nothing is read from", async () => {
    const found = await run("select o.id from orders o join customers c on o.customer_id = c.id where o.note is null");
    expect(found.optimized).not.toMatch(/JOIN/);
  });
  it("keeps a join to a table that something is read from", async () =>
    expect(
      (await run("select o.id from orders o join customers c on o.customer_id = c.id where c.name = 'customer 3'"))
        .suggestions,
    ).toEqual([]));
  it("asks for a range of dates, which an index can find", async () => {
    const found = await run("select id from orders where extract(year from ordered_at) = 2016");
    expect(found.optimized).toMatch(/ordered_at >= '2016-01-01'\s+AND ordered_at < '2017-01-01'/);
  });
  it("lets each side of an OR over two tables have its own index, with every row once", async () => {
    await engine.exec("create index by_customer on orders (customer_id); analyze orders");
    const found = await run(
      "select o.id, c.name from orders o join customers c on c.id = o.customer_id where o.id = 7 or c.id = 9",
    );
    expect(found.suggestions.map(({ title }) => title.split(" in place")[0])).toEqual(["UNION ALL"]);
    expect(found.verified).toBe(true);
    // Order 8 is of customer 9: both sides are true of it.
    const both = "select o.id from orders o join customers c on c.id = o.customer_id where o.id = 8 or c.id = 9";
    expect(await run(both)).toMatchObject({ verified: true, optimized: expect.stringMatching(/IS NOT TRUE/) });
    await engine.exec("drop index by_customer");
  });
  it("keeps an OR whose rows are sorted or counted", async () => {
    const from = "from orders o join customers c on c.id = o.customer_id where o.id = 7 or c.id = 9";
    expect((await run(`select o.id ${from} order by o.id`)).suggestions).toEqual([]);
    expect((await run(`select count(*) ${from}`)).suggestions).toEqual([]);
  });
  it("groups once in place of a subquery for each row", async () => {
    const found = await run(
      `select c.id, (select count(*) from orders o where o.customer_id = c.id and o.ordered_at > '2020-01-01') as orders,
        (select max(ordered_at) from orders where c.id = customer_id and note is not null) as last from customers c`,
    );
    expect(found.suggestions.map(({ title }) => title.split(" in place")[0])).toEqual(["A join to grouped rows"]);
    expect(found.optimized).toMatch(/LEFT JOIN/);
    expect(found.verified).toBe(true);
    expect(found.estimatedImprovement).toBeGreaterThan(0.9);
  });
  it("keeps a subquery that reads the outer row otherwise", async () => {
    const count = (condition: string) =>
      run(`select c.id, (select count(*) from orders o where ${condition}) as orders from customers c`);
    expect((await count("o.customer_id = c.id and o.id > c.id")).suggestions).toEqual([]);
    expect((await count("o.customer_id > c.id")).suggestions).toEqual([]);
  });
  it.each([
    [
      "a name of WITH hides the table",
      "with customers as (select 1 as id, o.note from orders o) select distinct id, note from customers",
    ],
    [
      "a name of WITH may miss values",
      "with refunds as (select null::int as order_id) select o.id from orders o where o.id not in (select order_id from refunds)",
    ],
    [
      "the column is the outer query's",
      "select o.id from orders o where o.customer_id not in (select o.id from customers c)",
    ],
    ["a function gives several rows", "select distinct id, generate_series(1, 1) from orders"],
    [
      "the count is cut off",
      "select c.id from customers c where (select count(*) from orders o where o.customer_id = c.id offset 1) > 0",
    ],
    ["an alias renames the columns", "select distinct id from customers c (name, id)"],
    [
      "all columns are shown",
      "select *, (select count(*) from orders o where o.customer_id = c.id) as n from customers c",
    ],
    [
      "the types compare otherwise",
      "select c.id, (select count(*) from orders o where o.note = c.id) from customers c",
    ],
  ])("leaves a query as it is where %s, even when no rows are there to show it", async (_why, sql) => {
    // Every rewrite is cheaper and gives the same rows here, so that only the rules can refuse.
    const costs = new Map([[sql, 100]]);
    const empty: OptimizePorts = { rows: async () => [], cost: async (asked) => costs.get(asked) ?? 1 };
    expect((await optimize(sql, { model, parser, ports: empty })).suggestions).toEqual([]);
  });
  it("writes years with four digits, which no century is added to", async () => {
    const sql = "select id from orders where extract(year from ordered_at) = 16";
    const empty: OptimizePorts = { rows: async () => [], cost: async (asked) => (asked === sql ? 100 : 1) };
    expect((await optimize(sql, { model, parser, ports: empty })).optimized).toMatch(
      /'0016-01-01'\s+AND .*'0017-01-01'/,
    );
  });
  it("shows nothing that gives other rows", async () => {
    const lying: OptimizePorts = { ...ports, rows: async (sql) => (/DISTINCT/i.test(sql) ? [["1"]] : [["2"]]) };
    const found = await optimize("select distinct id, note from orders", { model, parser, ports: lying });
    expect(found).toMatchObject({ suggestions: [], verified: false, estimatedImprovement: 0 });
  });
  it("tells of what is cheaper and could not be compared, and does not show it", async () => {
    const unread: OptimizePorts = { ...ports, rows: async () => null };
    const found = await optimize("select distinct id, note from orders", { model, parser, ports: unread });
    expect(found).toMatchObject({ verified: false, optimized: "select distinct id, note from orders" });
    expect(found.suggestions).toEqual([
      { kind: "hint", title: expect.stringMatching(/^No DISTINCT: .* could not be compared here/) },
    ]);
  });
  it("hints at paging by key", async () =>
    expect((await run("select id from orders order by id limit 10 offset 20000")).suggestions).toMatchObject([
      { kind: "hint" },
    ]));
});
