import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { denialOfColumn, denialOfFunction } from "#generators/queries/denied-functions.ts";
import { hostileStatements } from "#generators/queries/guard-cases.ts";
import { EngineError } from "#schemas/ports.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopFiles } from "#test/support/shop.ts";
import type { Walls } from "#generators/queries/read-transaction.ts";
import { buildDatabase } from "./build-database.ts";
import { inReadTransaction } from "./read-session.ts";

const limits = { timeoutMs: 20_000, bytes: 1_000_000 };
let engine: EmbeddedEngine;

beforeAll(async () => {
  const fixturesSql = `create table public.notes (id int generated always as identity primary key, note text);
insert into public.notes (note) values ('left open'), ('left open');
grant all on public.notes to public;
grant all on all sequences in schema public to public;`;
  const database = await buildDatabase({ files: shopFiles(), fixturesSql }, { cacheDir: testCacheDir });
  if (database.problems.length > 0) throw new Error(JSON.stringify(database.problems));
  engine = await startEngine({ from: database.path, extensions: database.extensions });
});
afterAll(() => engine.close());

/** The SQLSTATE a statement fails with behind some of the walls, or "runs". The guard is never among them. */
async function behind(walls: Walls, sql: string): Promise<string> {
  try {
    await inReadTransaction(engine, limits, ({ read }) => read({ sql, maxRows: 10 }), walls);
    return "runs";
  } catch (error) {
    if (error instanceof EngineError && error.code === "sql") return error.sqlstate ?? "";
    throw error;
  }
}

/** Changes with every row, sequence, relation and role. */
async function state(): Promise<unknown> {
  const { rows } = await engine.query(`
    select (select count(*) from pg_class) as relations, (select count(*) from pg_proc) as routines,
      (select count(*) from pg_largeobject_metadata) as large, (select string_agg(rolname || rolsuper, ',') from pg_roles) as roles,
      (select string_agg(note, ',' order by id) from public.notes) as notes, (select count(*) from sales.currencies) as currencies,
      (select string_agg(coalesce(last_value::text, ''), ',' order by sequencename) from pg_sequences) as sequences`);
  return rows[0];
}

const PERMISSION_DENIED = "42501";
const READ_ONLY = "25006";
const note = "public.notes";

describe("the role alone, without guard and read-only transaction, refuses to", () => {
  test.each([
    ["write to a table that a migration left open to everyone", `insert into ${note} (note) values ('mine')`],
    ["write inside a WITH", `with d as (delete from ${note} returning *) select * from d`],
    ["change a table", "alter table sales.orders add column mine int"],
    ["make a table", "create table public.mine (id int)"],
    ["make a table by SELECT INTO", "select 1 as id into public.mine"],
    ["make a temporary table", "create temp table mine (id int)"],
    ["make a schema", "create schema mine"],
    ["make a role", "create role mine superuser"],
    ["lock rows", `select * from ${note} for update`],
    ["move a sequence", `select nextval('public.notes_id_seq')`],
    ["set a sequence", `select setval('public.notes_id_seq', 99)`],
    ["become the superuser by a function", "select set_config('role', 'postgres', true)"],
    ["end the session's authorization by a function", "select set_config('session_authorization', 'postgres', false)"],
    ["read a file", "select pg_read_file('PG_VERSION')"],
    ["read a file by a column", "select ('PG_VERSION'::text).pg_read_file"],
    ["read a file by a column of a scan", "select x.pg_read_file from unnest(array['PG_VERSION']) x"],
    ["list a folder", "select pg_ls_dir('.')"],
    ["copy to a file", `copy ${note} to '/tmp/mine'`],
    ["make a large object", "select lo_create(0)"],
    ["run SQL in a text", `select query_to_xml('select 1', true, true, '')`],
    ["run SQL in a text search", "select * from ts_stat('select null::tsvector')"],
    ["wait", "select pg_sleep(0)"],
    ["take a lock", "select pg_advisory_lock(1)"],
    ["send messages", "select pg_notify('orders', 'x')"],
    ["read the passwords", "select * from pg_authid"],
    ["stop a session", "select pg_terminate_backend(1)"],
    ["emit to the log of changes", "select pg_logical_emit_message(false, 'a', 'b')"],
  ])("%s", async (_what, sql) => {
    expect(await behind({ role: true, readOnly: false }, sql)).toBe(PERMISSION_DENIED);
  });
});

describe("the read-only transaction alone, as a superuser and without guard, refuses to", () => {
  test.each([
    ["insert", `insert into ${note} (note) values ('mine')`, READ_ONLY],
    ["update", `update ${note} set note = 'mine'`, READ_ONLY],
    ["delete inside a WITH", `with d as (delete from ${note} returning *) select * from d`, READ_ONLY],
    ["truncate", `truncate ${note}`, READ_ONLY],
    ["drop", `drop table ${note}`, READ_ONLY],
    ["make a table by SELECT INTO", "select 1 as id into public.mine", READ_ONLY],
    ["make a role", "create role mine superuser", READ_ONLY],
    ["grant", `grant all on ${note} to querygenie_reader`, READ_ONLY],
    ["lock rows", `select * from ${note} for update`, READ_ONLY],
    ["move a sequence", `select nextval('public.notes_id_seq')`, READ_ONLY],
    ["make a large object", "select lo_create(0)", READ_ONLY],
    ["be made read-write", "set transaction read write", "25001"],
    ["be made read-write by a function", "select set_config('transaction_read_only', 'off', true)", "25001"],
    ["write by SQL in a text", "select * from ts_stat('select lo_create(0)::text::tsvector')", READ_ONLY],
  ])("%s", async (_what, sql, sqlstate) => {
    expect(await behind({ role: false, readOnly: true }, sql)).toBe(sqlstate);
  });
});

describe("with the guard switched off", () => {
  test("role and transaction together let nothing change, whatever the statement", async () => {
    const before = await state();
    const ran: string[] = [];
    for (const [sql] of hostileStatements) {
      if ((await behind({ role: true, readOnly: true }, sql)) === "runs") ran.push(sql);
    }
    expect(await state()).toEqual(before);
    // What runs has no effect beyond its own transaction, or is refused for being no query only.
    expect(ran.filter((sql) => !isIdle(sql))).toEqual([]);
  });

  test.each(["set role postgres", "reset role", "set session authorization postgres", "commit", "rollback"])(
    "%s has no effect on the next query",
    async (escape) => {
      expect(await behind({ role: true, readOnly: true }, escape)).toBe("runs");
      expect(await behind({ role: true, readOnly: true }, `delete from ${note}`)).toMatch(/42501|25006/);
      expect(await behind({ role: true, readOnly: true }, "select set_config('role', 'postgres', true)")).toBe("42501");
    },
  );

  test("a query cannot be followed by another statement", async () => {
    expect(await behind({ role: true, readOnly: true }, `select 1; delete from ${note}`)).toBe("42601");
  });
});

/** Statements that PostgreSQL takes from anyone and that leave nothing behind. */
const isIdle = (sql: string): boolean =>
  /^(set|reset|show|begin|commit|rollback|savepoint|listen|declare|discard|explain select|prepare)\b/.test(sql) ||
  idle.has(sql);
const idle = new Set([
  "",
  ";",
  "-- select 1",
  "do $$ begin perform 1; end $$",
  // Rolled back with its transaction.
  "notify orders",
  // Warns that only the owner may.
  "analyze sales.orders",
  // PostgreSQL shows them to everyone, without the values that are not theirs; here there are none.
  "select * from information_schema.user_mapping_options",
  "select * from pg_db_role_setting",
  // Nothing reads the part that locks, so it is not run.
  "with l as (select * from sales.orders for update) select 1",
  "select 1 where exists (select set_config('role', 'postgres', false))",
  // A MERGE that does nothing needs no right to write.
  "with m as (merge into sales.orders o using sales.orders s on false when not matched then do nothing returning 1) select 1",
  // They end what nobody began.
  "close all",
  "unlisten *",
]);

describe("the guard knows every function of this PostgreSQL that", () => {
  test("acts: each volatile one is refused or known to be harmless", async () => {
    const { rows } = await engine.query(`
      select distinct proname as name from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v' and prokind = 'f'
        and not 'internal'::regtype = any (proargtypes) and prorettype <> all ('{trigger,event_trigger,language_handler}'::regtype[])
      order by 1`);
    const names = rows.map(({ name }) => String(name));
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => denialOfFunction(name) === null && !harmlessVolatile.has(name))).toEqual([]);
  });

  test("only a superuser may call", async () => {
    const { rows } = await engine.query(`
      select distinct proname as name from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and proacl is not null and prokind = 'f'
        and not exists (select from aclexplode(proacl) where grantee = 0)`);
    expect(rows.map(({ name }) => String(name)).filter((name) => denialOfFunction(name) === null)).toEqual([]);
  });

  test("takes one value and can so be called as a column", async () => {
    const { rows } = await engine.query(`
      select distinct proname as name from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and prokind = 'f' and pronargs - pronargdefaults <= 1 and pronargs > 0
        and not 'internal'::regtype = any (proargtypes) and not 'cstring'::regtype = any (proargtypes)`);
    const names = rows.map(({ name }) => String(name)).filter((name) => !/_(in|out|send|recv)$/.test(name));
    const open = names.filter((name) => denialOfFunction(name) !== null && denialOfColumn(name) === null);
    expect(open.filter((name) => !harmlessAsColumn.has(name))).toEqual([]);
  });
});

const harmlessVolatile = new Set(
  `array_sample array_shuffle clock_timestamp current_query currval gen_random_uuid lastval random random_normal
  timeofday txid_status uuidv4 uuidv7 pg_collation_actual_version pg_database_collation_actual_version
  pg_database_size pg_indexes_size pg_partition_ancestors pg_partition_tree pg_relation_size
  pg_sequence_last_value pg_table_size pg_total_relation_size`.split(/\s+/),
);
/** Comparison and hashing of log positions. */
const harmlessAsColumn = new Set(["pg_lsn", "pg_lsn_hash", "pg_mcv_list_items"]);
