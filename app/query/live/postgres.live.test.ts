import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileStatements, honestQueries } from "#generators/queries/guard-cases.ts";
import { EngineError } from "#schemas/ports.ts";
import { postgresTarget } from "#test/support/live-targets.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { defaultLimits, type Connection, type ConnectionInfo } from "../connection.ts";
import { openLiveConnection } from "./open-live.ts";
import { postgresConnection } from "./postgres.ts";

const SETUP = `
create schema sales;
create schema people;
create schema reporting;
create schema catalog;
create table sales.orders (id int primary key generated always as identity, state text, customer_id int, placed_at timestamptz, grand_total numeric(12,2));
create table people.customers (id int primary key, email text, loyalty_points int);
insert into sales.orders (state, customer_id, grand_total) select 'open', 1, 9.5 from generate_series(1, 50);
create table public.notes (note text);
insert into public.notes values ('left open');
create function sales.close_day() returns int language sql volatile as $$ insert into public.notes values ('closed') returning 1 $$;
create role reader login;
grant usage on schema sales, people to reader;
grant select on all tables in schema sales, people to reader;
grant select on public.notes to reader;
create role writer login;
grant all on schema sales, public to writer;
grant all on all tables in schema sales, public to writer;
grant all on all sequences in schema sales to writer;
`;
const info: ConnectionInfo = {
  name: "production",
  label: "PostgreSQL, live",
  isDefault: false,
  engine: "postgres",
  dialect: "postgres",
};
const limits = { ...defaultLimits, timeoutMs: 1000, rows: 50, bytes: 100_000, waiting: 4 };
const found = await Promise.all([postgresCase("npm"), postgresCase("debian")]);

describe.each(found)("PostgreSQL $title", ({ from, isMissing }) => {
  describe.skipIf(isMissing)("as a connection", () => {
    let server: PostgresServer;
    let open: Connection[] = [];
    beforeAll(async () => {
      server = await startPostgres({ from });
      await server.client.query(SETUP);
    });
    afterAll(async () => {
      await Promise.all(open.map((one) => one.close()));
      await server.close();
    });

    const target = (user: string) => postgresTarget({ ...server.connection, user });
    const connect = (user: string, { readOnly = true }: { readOnly?: boolean } = {}): Connection => {
      const made = postgresConnection(target(user), { info, limits, walls: { readOnly } });
      open = [...open, made];
      return made;
    };
    /** What a statement comes to behind some of the walls; the guard is never among them. */
    const behind = async (connection: Connection, sql: string): Promise<string> => {
      try {
        await connection.inTransaction(({ read }) => read({ sql, maxRows: 10 }));
        return "runs";
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return error.sqlstate ?? error.code;
      }
    };
    const state = async (): Promise<unknown> => {
      const { rows } = await server.client.query(`
        select (select count(*) from pg_class) as relations, (select count(*) from pg_proc) as routines,
          (select string_agg(rolname || rolsuper, ',' order by rolname) from pg_roles) as roles,
          (select string_agg(note, ',') from public.notes) as notes, (select count(*) from pg_largeobject_metadata) as large,
          (select count(*) || max(state) from sales.orders) as orders, (select last_value from sales.orders_id_seq) as sequence,
          (select count(*) from pg_locks where locktype = 'advisory') as locks, (select count(*) from pg_prepared_xacts) as prepared,
          (select count(*) from pg_listening_channels()) as channels`);
      return rows[0];
    };
    /** Queries of ours that the server still works on. */
    const working = async (): Promise<number> => {
      const { rows } = await server.client.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where application_name = 'querygenie' and state = 'active'",
      );
      return rows[0]?.n ?? -1;
    };

    test("answers as the embedded database does", async () => {
      const live = openLiveConnection(target("reader"), limits);
      expect(
        await live.query({
          sql: "select id, grand_total, $1::text as a, '{1}'::int[] from sales.orders where id = $2",
          params: ["x", 7],
        }),
      ).toMatchObject({
        ok: true,
        value: {
          columns: [
            { name: "id", type: "integer" },
            { name: "grand_total", type: "numeric(12,2)" },
            { name: "a", type: "text" },
            { name: "int4", type: "integer[]" },
          ],
          rows: [[7, "9.50", "x", "{1}"]],
        },
      });
      expect(
        await live.query({ sql: "select 9007199254740993, 0.1::float8, true, null, date '2026-01-02'" }),
      ).toMatchObject({
        value: { rows: [["9007199254740993", 0.1, true, null, "2026-01-02"]] },
      });
      expect(await live.query({ sql: "select id from sales.orders where id = $1", check: true })).toMatchObject(
        from === "npm"
          ? { value: { columns: [{ name: "id", type: "integer" }], rows: [] } }
          : { problem: { sqlstate: "0A000" } },
      );
      expect(
        await live.query({ sql: "select id from sales.orders where id = $1", params: [1], check: true }),
      ).toMatchObject({
        value: { columns: [{ name: "id", type: "integer" }], rows: [] },
      });
      expect(await live.explain({ sql: "select * from sales.orders where id = 1" })).toMatchObject({
        value: { tree: { node: expect.any(String) } },
      });
      expect(await live.query({ sql: "-- é\n select nothere from sales.orders" })).toMatchObject({
        problem: { code: "QG201", sqlstate: "42703", position: 14 },
      });
      await live.close();
    });

    test("refuses every hostile statement by the guard alone", async () => {
      const live = openLiveConnection(target("postgres"), limits);
      for (const [sql] of hostileStatements) {
        const answer = await live.query({ sql });
        expect([sql, answer.ok, answer.ok ? "" : answer.problem.code]).toEqual([sql, false, "QG501"]);
      }
      await live.close();
    });

    test("lets nothing change by rights and transaction alone, whatever the statement", async () => {
      const before = await state();
      const reader = connect("reader");
      for (const [sql] of hostileStatements) await behind(reader, sql);
      expect(await state()).toEqual(before);
    });

    test.each([
      ["insert", "insert into sales.orders (state) values ('mine')", "42501"],
      ["update", "update public.notes set note = 'mine'", "42501"],
      ["delete inside a WITH", "with d as (delete from public.notes returning *) select * from d", "42501"],
      ["call a function that writes", "select sales.close_day()", "42501"],
      ["make a table by SELECT INTO", "select 1 as id into sales.loot", "42501"],
      ["lock rows", "select * from sales.orders for update", "42501"],
      ["move a sequence", "select nextval('sales.orders_id_seq')", "42501"],
      ["become another", "set role postgres", "42501"],
      ["read a file", "select pg_read_file('PG_VERSION')", "42501"],
      ["copy to a program", "copy (select 1) to program 'true'", "42501"],
      ["stop a session", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'", "42501"],
    ])("by the rights alone, in a transaction that may write, does not %s", async (_what, sql, sqlstate) => {
      const before = await state();
      expect(await behind(connect("reader", { readOnly: false }), sql)).toBe(sqlstate);
      expect(await state()).toEqual(before);
    });

    test.each([
      ["insert", "insert into sales.orders (state) values ('mine')", "25006"],
      ["delete inside a WITH", "with d as (delete from public.notes returning *) select * from d", "25006"],
      ["call a function that writes", "select sales.close_day()", "25006"],
      ["make a table by SELECT INTO", "select 1 as id into sales.loot", "25006"],
      ["drop", "drop table sales.orders", "25006"],
      ["lock rows", "select * from sales.orders for update", "25006"],
      ["move a sequence", "select nextval('sales.orders_id_seq')", "25006"],
      ["be made read-write", "set transaction read write", "25001"],
      ["be made read-write by a function", "select set_config('transaction_read_only', 'off', true)", "25001"],
    ])("by the read-only transaction alone, of a user who may write, does not %s", async (_what, sql, sqlstate) => {
      const before = await state();
      expect(await behind(connect("writer"), sql)).toBe(sqlstate);
      expect(await state()).toEqual(before);
    });

    test("takes one statement by the protocol alone", async () => {
      const before = await state();
      const writer = connect("writer", { readOnly: false });
      expect(await behind(writer, "select 1; insert into public.notes values ('mine'); commit")).toBe("42601");
      expect(await state()).toEqual(before);
    });

    test("leaves nothing of one query to the next: settings, roles, locks", async () => {
      const reader = connect("reader");
      for (const sql of [
        "select pg_advisory_lock(7)",
        "set statement_timeout = 0",
        "set role none",
        "set search_path = loot",
        "commit",
      ])
        expect([sql, await behind(reader, sql)]).toEqual([sql, "runs"]);
      const left = await reader.inTransaction(({ read }) =>
        read({
          sql: "select current_setting('statement_timeout'), current_setting('search_path'), current_setting('transaction_read_only')",
          maxRows: 1,
        }),
      );
      expect(left.rows).toEqual([["1s", '"$user", public', "on"]]);
      const { rows } = await server.client.query("select 1 from pg_locks where locktype = 'advisory'");
      expect(rows).toEqual([]);
    });

    test.each([
      ["a query that waits", "select pg_sleep(60)"],
      ["a query that works", "select count(*) from generate_series(1, 100000000) a, generate_series(1, 1000) b"],
    ])("stops %s at its time, at the server too", async (_what, sql) => {
      const reader = connect("reader");
      expect(await behind(reader, sql)).toBe("timeout");
      await expect.poll(working).toBe(0);
      expect(await behind(reader, "select 1")).toBe("runs");
    });

    test("frees the query of a caller who leaves, at the server too", async () => {
      const slow = postgresConnection(target("reader"), { info, limits: { ...limits, timeoutMs: 60_000 } });
      const caller = new AbortController();
      const left = slow.inTransaction(({ read }) => read({ sql: "select pg_sleep(60)", maxRows: 1 }), {
        signal: caller.signal,
      });
      await expect.poll(working).toBe(1);
      caller.abort();
      await expect(left).rejects.toThrow(/abort/i);
      await expect.poll(working).toBe(0);
      expect(await behind(slow, "select 1")).toBe("runs");
      await slow.close();
    });

    test("cuts rows and bytes before they are all made, with bounded memory", async () => {
      const live = openLiveConnection(target("reader"), { ...limits, timeoutMs: 20_000 });
      const before = process.memoryUsage.rss();
      expect(await live.query({ sql: "select generate_series(1, 1000000000)" })).toMatchObject({
        value: { rowCount: 50, truncated: true },
      });
      expect(await live.query({ sql: "select repeat('x', 20000), generate_series(1, 1000000)" })).toMatchObject({
        value: { rowCount: 4, truncated: true },
      });
      expect(await live.query({ sql: "select repeat('x', 200000000), generate_series(1, 100)" })).toMatchObject({
        problem: { code: "QG502" },
      });
      expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
      expect(await live.query({ sql: "select 1" })).toMatchObject({ ok: true });
      await live.close();
    });

    test("says that the line broke, and opens another", async () => {
      const live = openLiveConnection(target("reader"), { ...limits, timeoutMs: 20_000 });
      await live.query({ sql: "select 1" });
      const running = live.query({
        sql: "select count(*) from generate_series(1, 100000000) a, generate_series(1, 1000) b",
      });
      await expect.poll(working).toBe(1);
      await server.client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'querygenie'",
      );
      expect(await running).toMatchObject({
        problem: { code: "QG301", message: 'The connection "production" broke.' },
      });
      expect(await live.query({ sql: "select 1" })).toMatchObject({ ok: true });
      await live.close();
    });

    test("tells a caller nothing of a database that does not let it in", async () => {
      const live = openLiveConnection(target("nobody_there"), limits);
      const answer = await live.query({ sql: "select 1" });
      expect(answer).toMatchObject({ problem: { code: "QG704" } });
      expect(JSON.stringify(answer)).not.toMatch(/nobody_there|SHOP_DATABASE_URL|127\.0\.0\.1/);
      await live.close();
    });

    test("understands every honest query, or says of its tables that they are not there", async () => {
      const live = openLiveConnection(target("reader"), limits);
      const refused: string[] = [];
      for (const sql of honestQueries) {
        const answer = await live.query({ sql });
        if (!answer.ok && answer.problem.code === "QG501") refused.push(sql);
      }
      expect(refused).toEqual([]);
      await live.close();
    });
  });
});
