import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mariadbTarget, mssqlTarget, postgresTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { mssqlAnswers } from "#test/support/mssql-answers.ts";
import { mssqlCatalog } from "#test/support/mssql-catalog.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { startTdsServer, type TdsServer } from "#test/support/tds-server.ts";
import { statisticsSchema } from "../json/statistics.ts";
import { workloadSchema } from "../json/workload.ts";
import type { LiveStatistics, LiveWorkload, StatisticsOptions } from "./live-reader.ts";
import { openLive } from "./live-readers.ts";
import type { LiveTarget } from "./live-target.ts";
import { SIZES } from "./mssql/live/statistics.ts";
import { QUERIES, STATE } from "./mssql/live/workload.ts";
import { readMssqlModel } from "./mssql/read-mssql-model.ts";

/** Reads a server's statistics; what it gives fits the published format. */
async function statisticsOf(target: LiveTarget, options: StatisticsOptions = {}): Promise<LiveStatistics> {
  const server = await openLive(target);
  try {
    const read = await server.readStatistics(options);
    statisticsSchema.parse({
      version: 1,
      connection: "production",
      takenAt: "2026-11-27",
      engine: server.engine,
      ...read.statistics,
    });
    return read;
  } finally {
    await server.close();
  }
}

async function workloadOf(target: LiveTarget, limit = 10): Promise<LiveWorkload> {
  const server = await openLive(target);
  try {
    const read = await server.readWorkload(limit);
    workloadSchema.parse({ version: 1, connection: "production", takenAt: "2026-11-27", ...read.workload });
    return read;
  } finally {
    await server.close();
  }
}

const told = ({ problems }: { readonly problems: LiveStatistics["problems"] }): readonly string[] =>
  problems.map(({ code, message }) => `${code} ${message}`);

const postgres = await postgresCase("npm");
describe.skipIf(postgres.isMissing)(`statistics of PostgreSQL ${postgres.title}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ settings: ["-c", "autovacuum=off"] });
    await server.client.query(`
      create table orders (id int primary key, state text, note text);
      create index by_state on orders (state);
      insert into orders select n, case when n % 10 = 0 then 'secret paid' else 'secret open' end, null from generate_series(1, 1000) n;
      create table lines (id int, part int) partition by range (part);
      create table lines_1 partition of lines for values from (0) to (10);
      insert into lines select n, n % 10 from generate_series(1, 50) n;
      create table fresh (id int);
      insert into fresh values (1);
      analyze orders, lines, lines_1;
      create role modest login;
      grant select (id) on orders to modest;
    `);
  });
  afterAll(() => server?.close());
  const target = (user?: string) => postgresTarget({ ...server.connection, ...(user === undefined ? {} : { user }) });

  it("are sizes, columns and indexes, and no value", async () => {
    const { statistics } = await statisticsOf(target());
    expect(statistics.relations["public.orders"]).toMatchObject({
      rows: 1000,
      bytes: expect.any(Number),
      columns: {
        id: { nullFraction: 0, distinct: -1 },
        state: { nullFraction: 0, distinct: 2, commonFrequencies: [0.9, 0.1] },
        note: { nullFraction: 1 },
      },
      indexes: { by_state: { method: "btree", rows: 1000 }, orders_pkey: { method: "btree", rows: 1000 } },
    });
    expect(statistics.relations["public.lines"]).toMatchObject({ rows: 50, columns: { part: { distinct: -0.2 } } });
    expect(statistics.planner).toMatchObject({ random_page_cost: "4" });
    expect(JSON.stringify(statistics)).not.toMatch(/secret|Hashes/);
  });
  it("hold hashes of common values when they are asked for, in the order of their frequencies", async () => {
    const { statistics } = await statisticsOf(target(), { hash: (value) => `${value.length}` });
    expect(statistics.relations["public.orders"]?.columns?.["state"]).toMatchObject({ commonHashes: ["11", "11"] });
    expect(JSON.stringify(statistics)).not.toContain("secret");
  });
  it("name the tables that were never analysed, and the columns that the user may not see", async () => {
    const all = await statisticsOf(target());
    expect(told(all)).toEqual(["QG711 the server has no statistics, or none this user may see, of public.fresh"]);
    expect(all.statistics.relations["public.fresh"]).toBeUndefined();
    const few = await statisticsOf(target("modest"));
    expect(told(few)).toEqual([
      "QG711 the server has no statistics, or none this user may see, of public.fresh, public.lines, public.lines_1, public.orders",
    ]);
    expect(few.statistics.relations["public.orders"]).toMatchObject({ rows: 1000 });
    expect(Object.keys(few.statistics.relations["public.orders"]?.columns ?? {})).toEqual(["id"]);
  });
});

describe.skipIf(!hasMariadb())("statistics of MariaDB", () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb({ settings: ["--performance-schema=ON"] });
    const statements = [
      "create database shop",
      "create table shop.orders (id int primary key, state varchar(9), note text, key by_state (state, id), fulltext key words (note))",
      `insert into shop.orders select seq, if(seq % 10 = 0, 'paid', 'open'), 'secret' from shop.seq_1_to_1000`,
      "create view shop.paid as select id from shop.orders where state = 'paid'",
      "create table shop.fresh (id int)",
      "analyze table shop.orders",
      "create user modest@localhost",
      "grant select on shop.* to modest@localhost",
    ];
    const refused = [...server.run("", statements).values()];
    if (refused.length > 0) throw new Error(refused.join("\n"));
    for (const id of [1, 2, 3]) server.run("shop", [`select note from orders where id = ${id} and state <> 'secret'`]);
    server.run("shop", ["create table other (id int)"]);
  });
  afterAll(() => server?.stop());
  const target = (more: Partial<LiveTarget> = {}) => mariadbTarget(server.socket, "shop", more);

  it("are sizes and distinct keys, of tables and not of views", async () => {
    const { statistics, problems } = await statisticsOf(target());
    expect(problems).toEqual([]);
    expect(Object.keys(statistics.relations)).toEqual(["shop.fresh", "shop.orders", "shop.other"]);
    const { rows, bytes, indexes } = statistics.relations["shop.orders"] ?? {};
    expect(rows).toBeGreaterThan(900);
    expect(bytes).toBeGreaterThan(16_000);
    expect(indexes).toMatchObject({
      PRIMARY: { method: "btree", distinct: [expect.any(Number)] },
      by_state: { method: "btree", distinct: [expect.any(Number), expect.any(Number)] },
      words: { method: "fulltext" },
    });
    expect(statistics.relations["shop.fresh"]).toMatchObject({ rows: 0 });
  });
  it("the workload is what was asked, without values, and no DDL", async () => {
    const { workload, problems } = await workloadOf(target());
    expect(problems).toEqual([]);
    const asked = workload.queries.find(({ text }) => text.includes("`note`"));
    expect(asked).toMatchObject({
      calls: 3,
      rows: 3,
      text: expect.stringMatching(/WHERE `?id`? = \? AND `state` != \?$/i),
    });
    expect(workload).toMatchObject({ source: "performance_schema", since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(JSON.stringify(workload)).not.toMatch(/secret|CREATE/i);
    const { workload: one } = await workloadOf(target(), 1);
    expect(one.queries).toHaveLength(1);
    expect(one.leftOut).toBeGreaterThanOrEqual(workload.leftOut + workload.queries.length - 1);
  });
  it("says when the user may not read what is counted", async () => {
    const { workload, problems } = await workloadOf(target({ user: "modest" }));
    expect(workload.queries).toEqual([]);
    expect(told({ problems })).toEqual(["QG711 the user may not read what performance_schema counts"]);
  });
});

describe("statistics of SQL Server", () => {
  let server: TdsServer | undefined;
  afterEach(() => server?.close());

  const catalog = mssqlCatalog(
    readMssqlModel([{ path: "a.sql", version: "1", transaction: "none", text: "create table dbo.orders (id int);" }])
      .model,
  );
  async function start(others: Readonly<Record<string, unknown>>): Promise<LiveTarget> {
    server = await startTdsServer({
      user: "reader",
      password: "s3cret",
      database: "shop",
      answer: mssqlAnswers(catalog, new Map(Object.entries(others))),
    });
    return mssqlTarget(server.port);
  }

  it("are rows of the heap or the clustered index, and pages of all", async () => {
    const rows = [
      { schema: "dbo", table: "orders", index: 1, name: "PK_orders", rows: 500, pages: 10 },
      { schema: "dbo", table: "orders", index: 2, name: "IX_state", rows: 50, pages: 2 },
      { schema: "log", table: "events", index: 0, name: null, rows: 7, pages: 1 },
    ];
    const { statistics, problems } = await statisticsOf(await start({ [SIZES]: rows }));
    expect(problems).toEqual([]);
    expect(statistics.relations).toEqual({
      "dbo.orders": {
        rows: 500,
        bytes: 12 * 8192,
        pages: 10,
        indexes: { PK_orders: { rows: 500, pages: 10 }, IX_state: { rows: 50, pages: 2 } },
      },
      "log.events": { rows: 7, bytes: 8192, pages: 1 },
    });
  });
  it("of a database without tables are none", async () =>
    expect((await statisticsOf(await start({ [SIZES]: [] }))).statistics.relations).toEqual({}));

  it("the workload adds up the plans of a query, and takes its values out", async () => {
    const query = (text: string, ms: number) => ({ text, calls: 2, ms, rows: 4, since: "2026-11-02T10:00:00" });
    const target = await start({
      [STATE]: [{ on: 1 }],
      [QUERIES]: [
        query("select * from orders where id = 5 and name = N'secret'", 30),
        query("(@p1 int)SELECT TOP 1 a FROM t /* secret */ WHERE id=@p1", 25),
        query("select * from orders where id = 77 and name = N'other'", 20),
        query("create table secret (id int)", 90),
        query("select 'secret", 80),
      ],
    });
    const { workload, problems } = await workloadOf(target);
    expect(problems).toEqual([]);
    expect(workload).toMatchObject({
      source: "Query Store",
      since: "2026-11-02",
      leftOut: 3,
      queries: [
        { text: "select * from orders where id = ? and name = ?", calls: 4, totalMs: 50, rows: 8 },
        { text: "SELECT TOP ? a FROM t WHERE id = @p1", calls: 2, totalMs: 25 },
      ],
    });
    expect(JSON.stringify(workload)).not.toMatch(/secret|other/);
  });
  it("says when nothing is kept", async () => {
    const { workload, problems } = await workloadOf(await start({ [STATE]: [{ on: 0 }], [QUERIES]: [] }));
    expect([workload.queries, told({ problems })]).toEqual([
      [],
      ["QG711 the server does not keep its queries: Query Store is off in this database"],
    ]);
  });
});
