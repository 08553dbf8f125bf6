import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { honestByRule, hostileMysql } from "#generators/queries/guard-cases-by-rule.ts";
import { EngineError } from "#schemas/ports.ts";
import { mariadbTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { nobody } from "../../sign-in/identity.ts";
import { defaultLimits } from "../connection.ts";
import type { RuleSession } from "./by-rule-connection.ts";
import { openMysqlSession } from "./mysql.ts";
import { openLiveConnection } from "./open-live.ts";

const SETUP = [
  "create database shop",
  "create table shop.orders (id int primary key auto_increment, note varchar(40), total decimal(12,2), at datetime, doc json, raw varbinary(4)) engine = InnoDB",
  "insert into shop.orders (note, total, at, doc, raw) values ('a', 9.50, '2026-01-02 03:04:05', '{\"a\": 1}', x'dead'), ('b', null, null, null, null)",
  "create sequence shop.order_numbers",
  "create function shop.close_order(i int) returns int modifies sql data begin update shop.orders set note = 'closed'; return 1; end",
  "create user reader identified by 's3cret'",
  "grant select, execute on shop.* to reader",
  "create user writer identified by 's3cret'",
  "grant all on shop.* to writer",
];
const limits = { ...defaultLimits, timeoutMs: 1000, rows: 50, bytes: 100_000, waiting: 4 };
const LONG = "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b";

describe.skipIf(!hasMariadb())("MariaDB as a connection", () => {
  let server: MariadbServer;
  let sessions: RuleSession[] = [];
  beforeAll(async () => {
    server = await startMariadb();
    const failed = server.run("mysql", SETUP);
    if (failed.size > 0) throw new Error([...failed.values()].join("\n"));
  });
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await server.stop();
  });

  const target = (user: string) =>
    mariadbTarget(server.socket, "shop", user === "root" ? {} : { user, password: "s3cret" });
  const open = async (user: string, { readOnly = true }: { readOnly?: boolean } = {}): Promise<RuleSession> => {
    const session = await openMysqlSession(target(user), { readOnly });
    sessions = [...sessions, session];
    return session;
  };
  /** What a statement comes to behind some of the walls; the guard is never among them. */
  const behind = async (session: RuleSession, sql: string): Promise<string> => {
    try {
      await session.read({ sql, params: [], maxRows: 10, limits, signal: undefined, caller: nobody });
      return "runs";
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return error.code === "sql" ? error.message : error.code;
    }
  };
  const state = (): unknown =>
    server.rows(`select json_object(
      'orders', (select group_concat(id, ifnull(note, '') order by id) from shop.orders),
      'tables', (select group_concat(table_schema, table_name order by 1) from information_schema.tables where table_schema not in ('sys', 'performance_schema')),
      'routines', (select count(*) from information_schema.routines where routine_schema <> 'sys'), 'events', (select count(*) from mysql.event),
      'users', (select group_concat(user, host order by 1) from mysql.global_priv), 'sequence', (select next_not_cached_value from shop.order_numbers),
      'log', concat(@@global.general_log), 'read only', concat(@@global.read_only))`);
  const working = (): number =>
    server.rows<{ n: number }>(
      "select json_object('n', count(*)) from information_schema.processlist where user in ('reader', 'writer') and command in ('Execute', 'Query')",
    )[0]?.n ?? -1;

  test("answers", async () => {
    const live = openLiveConnection(target("reader"), limits);
    expect(
      await live.query({ sql: "select * from orders where id = ? or note = ? order by id", params: [1, "b"] }),
    ).toMatchObject({
      ok: true,
      value: {
        columns: [
          { name: "id", type: "int" },
          { name: "note", type: "varchar" },
          { name: "total", type: "decimal" },
          { name: "at", type: "datetime" },
          { name: "doc", type: expect.any(String) },
          { name: "raw", type: "varbinary" },
        ],
        rows: [
          [1, "a", "9.50", "2026-01-02 03:04:05", expect.anything(), "0xdead"],
          [2, "b", null, null, null, null],
        ],
        truncated: false,
      },
    });
    expect(await live.query({ sql: "select 9007199254740993 as a, 0.5 as a, 'naïve 😀', 1 = 1" })).toMatchObject({
      value: { rows: [["9007199254740993", "0.5", "naïve 😀", 1]] },
    });
    expect(await live.query({ sql: "select id, note from orders where id = ?", check: true })).toMatchObject({
      value: { columns: [{ name: "id" }, { name: "note" }], rows: [] },
    });
    expect(await live.query({ sql: "select nothere from orders" })).toMatchObject({
      problem: { code: "QG201", sqlstate: "42S22" },
    });
    expect(await live.query({ sql: "select ?" })).toMatchObject({ problem: { code: "QG510" } });
    await live.close();
  });

  test("plans a query without running it, behind the same walls", async () => {
    const live = openLiveConnection(target("reader"), limits);
    const sql = "select o.note, count(*) from orders o join seq_1_to_50 s on s.seq = o.id where o.total > ? group by 1";
    const plan = await live.explain({ sql, params: [5] });
    expect(plan).toMatchObject({ ok: true, value: { warnings: [], costliest: { step: expect.any(String) } } });
    const text = plan.ok ? JSON.stringify(plan.value.tree) : "";
    expect(text).toMatch(/"node":"Nested Loop"/);
    expect(text).toMatch(/"relation":"orders"/);
    expect(plan.ok && plan.value.steps.join("\n")).toContain("orders");
    const began = performance.now();
    expect(await live.explain({ sql: LONG })).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeLessThan(limits.timeoutMs);
    expect(await live.explain({ sql })).toMatchObject({ problem: { code: "QG510" } });
    expect(await live.explain({ sql: "select nothere from orders" })).toMatchObject({ problem: { code: "QG201" } });
    for (const [hostile] of hostileMysql)
      expect([hostile, await live.explain({ sql: hostile })]).toMatchObject([hostile, { problem: { code: "QG501" } }]);
    await live.close();
  });

  test("lets nothing change by rights and transaction alone, whatever the statement", async () => {
    const before = state();
    for (const [sql] of hostileMysql) {
      const session = await open("reader");
      await behind(session, sql);
      await session.close();
    }
    expect(state()).toEqual(before);
  });

  test.each([
    ["insert", "insert into orders (note) values ('mine')", /INSERT command denied/],
    ["delete", "delete from orders", /DELETE command denied/],
    ["drop", "drop table orders", /DROP command denied/],
    ["make a table", "create table loot (id int)", /CREATE command denied/],
    ["write a file", "select 1 into outfile '/tmp/loot'", /Access denied/],
    ["read the passwords", "select * from mysql.global_priv", /denied/],
    ["set the server", "set global general_log = 1", /Access denied/],
    ["make a user", "create user thief", /Access denied|CREATE USER/],
    ["move a sequence", "select nextval(order_numbers)", /INSERT, SELECT command denied|denied/],
  ])("by the rights alone, in a transaction that may write, does not %s", async (_what, sql, message) => {
    const before = state();
    expect(await behind(await open("reader", { readOnly: false }), sql)).toMatch(message);
    expect(state()).toEqual(before);
  });

  test.each([
    ["insert", "insert into orders (note) values ('mine')"],
    ["update", "update orders set note = 'mine'"],
    ["delete", "delete from orders"],
    ["call a function that writes", "select close_order(1)"],
    ["drop", "drop table orders"],
    ["make a table", "create table loot as select * from orders"],
    ["move a sequence", "select nextval(order_numbers)"],
  ])("by the read-only transaction alone, of a user who may write, does not %s", async (_what, sql) => {
    const before = state();
    expect(await behind(await open("writer"), sql)).toMatch(/READ ONLY transaction/);
    expect(state()).toEqual(before);
  });

  test("takes one statement by the protocol alone", async () => {
    const before = state();
    const writer = await open("writer", { readOnly: false });
    expect(await behind(writer, "select 1; insert into orders (note) values ('mine')")).toMatch(/syntax/);
    expect(state()).toEqual(before);
  });

  test("leaves nothing of one query to the next", async () => {
    const session = await open("reader");
    for (const sql of [
      "set session sql_mode = 'ANSI_QUOTES'",
      "set session max_statement_time = 0",
      "set session sql_select_limit = 1",
      "commit",
    ])
      expect([sql, await behind(session, sql)]).toEqual([sql, "runs"]);
    const { rows } = await session.read({
      sql: "select @@sql_mode, @@max_statement_time + 0, @@sql_select_limit, @@in_transaction",
      params: [],
      maxRows: 10,
      limits,
      signal: undefined,
      caller: nobody,
    });
    expect(rows).toEqual([["STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION", 1, "11", "1"]]);
  });

  test.each([
    ["a query that waits", "select sleep(60)"],
    ["a query that works", LONG],
  ])("stops %s at its time, at the server too", async (_what, sql) => {
    const session = await open("reader");
    // MariaDB ends a sleep early and answers 1 in place of an error.
    expect(await behind(session, sql)).toMatch(/timeout|runs/);
    await expect.poll(working, { timeout: 10_000 }).toBe(0);
  });

  test("frees the query of a caller who leaves, at the server too", async () => {
    const live = openLiveConnection(target("reader"), { ...limits, timeoutMs: 60_000 });
    const caller = new AbortController();
    const left = live.query({ sql: LONG }, { signal: caller.signal });
    await expect.poll(working, { timeout: 10_000 }).toBe(1);
    caller.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await expect.poll(working, { timeout: 10_000 }).toBe(0);
    expect(await live.query({ sql: "select 1" })).toMatchObject({ ok: true });
    await live.close();
  });

  test("cuts rows and bytes, with a LIMIT of the query's own too", async () => {
    const live = openLiveConnection(target("reader"), { ...limits, timeoutMs: 20_000 });
    for (const sql of [
      "select seq from seq_1_to_1000000",
      "select seq from seq_1_to_1000000 limit 900000",
      "select seq from seq_1_to_51",
    ])
      expect(await live.query({ sql })).toMatchObject({ value: { rowCount: 50, truncated: true } });
    expect(await live.query({ sql: "select seq from seq_1_to_50" })).toMatchObject({
      value: { rowCount: 50, truncated: false },
    });
    expect(await live.query({ sql: "select repeat('x', 20000) from seq_1_to_1000000" })).toMatchObject({
      value: { rowCount: 5, truncated: true },
    });
    expect(await live.query({ sql: "select 1" })).toMatchObject({ ok: true });
    await live.close();
  });

  test("tells a caller nothing of a database that does not let it in", async () => {
    const live = openLiveConnection({ ...target("reader"), password: "wrong" }, limits);
    const answer = await live.query({ sql: "select 1" });
    expect(answer).toMatchObject({ problem: { code: "QG704" } });
    expect(JSON.stringify(answer)).not.toMatch(/reader|SHOP_DATABASE_URL|sock/);
    await live.close();
  });

  test("understands every honest query, or says of its tables that they are not there", async () => {
    const live = openLiveConnection(target("reader"), limits);
    const refused: string[] = [];
    for (const sql of honestByRule.mysql) {
      const answer = await live.query({ sql });
      // 42000 is what the server says of a text that it cannot read.
      const { code, sqlstate } = answer.ok ? { code: "", sqlstate: "" } : answer.problem;
      if (code === "QG501" || sqlstate === "42000") refused.push(sql);
    }
    expect(refused).toEqual([]);
    await live.close();
  });
});
