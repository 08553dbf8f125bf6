import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mariadbTarget, mssqlTarget, postgresTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { startTdsServer, type TdsAnswer } from "#test/support/tds-server.ts";
import { nobody } from "../../sign-in/identity.ts";
import { defaultLimits } from "../connection.ts";
import type { QueryConnection } from "../query-connection.ts";
import { openLiveConnection } from "./open-live.ts";

const ada = { id: "7", role: "write" };
const grace = { id: "8", role: "admin" };
const hostile = { id: "9'; select set_config('querygenie.user_id', '7', true) --\\", role: "write" };
const limits = { ...defaultLimits, timeoutMs: 5000 };

/** Every cell of an answer, or the code of the problem. */
async function cells(
  live: QueryConnection,
  sql: string,
  caller: typeof ada | undefined,
  params: readonly string[] = [],
): Promise<unknown> {
  const answer = await live.query({ sql, params }, caller === undefined ? {} : { caller });
  return answer.ok ? answer.value.rows.flat() : answer.problem.code;
}

const real = await postgresCase("npm");

describe.skipIf(real.isMissing)(`row-level security of PostgreSQL ${real.title}`, () => {
  let server: PostgresServer;
  let live: QueryConnection;
  beforeAll(async () => {
    server = await startPostgres();
    await server.client.query(`
      create table orders (id int primary key, owner text not null, note text not null);
      insert into orders values (1, '7', 'of ada'), (2, '8', 'of grace'), (3, '7', 'also of ada'), (4, '', 'of nobody');
      alter table orders enable row level security;
      create policy own_rows on orders for select using (
        owner = current_setting('querygenie.user_id') or current_setting('querygenie.role') = 'admin');
      create function note_of(order_id int) returns text language sql stable as 'select note from orders where id = order_id';
      create role reader login;
      grant select on orders to reader;`);
    live = openLiveConnection(postgresTarget({ ...server.connection, user: "reader" }), limits);
  });
  afterAll(async () => {
    await live.close();
    await server.close();
  });
  const NOTES = "select note from orders order by id";

  test("shows each caller their own rows, nobody those of nobody, and an admin all", async () => {
    expect(await cells(live, NOTES, ada)).toEqual(["of ada", "also of ada"]);
    expect(await cells(live, NOTES, { ...grace, role: "write" })).toEqual(["of grace"]);
    expect(await cells(live, NOTES, grace)).toHaveLength(4);
    expect(await cells(live, NOTES, nobody)).toEqual(["of nobody"]);
    expect(await cells(live, NOTES, undefined)).toEqual(["of nobody"]);
    expect(await cells(live, NOTES, hostile)).toEqual([]);
  });

  test("mixes up no callers who share its sessions", async () => {
    const callers = Array.from({ length: 30 }, (_, index) => ({ id: String(index % 3 === 0 ? 7 : 8), role: "write" }));
    const answers = await Promise.all(callers.map((caller) => cells(live, NOTES, caller)));
    for (const [index, { id }] of callers.entries())
      expect(answers[index]).toEqual(id === "7" ? ["of ada", "also of ada"] : ["of grace"]);
  });

  test("plans for the caller too", async () => {
    const plan = await live.explain({ sql: "select current_setting('querygenie.user_id')" }, { caller: ada });
    expect(plan.ok).toBe(true);
    expect(await cells(live, "select note_of(2), note_of(1)", ada)).toEqual([null, "of ada"]);
  });

  test.each([
    "select set_config('querygenie.user_id', '8', true), note from orders",
    "select pg_catalog.set_config('querygenie.role', 'admin', true)",
    `select U&"set\\005fconfig"('querygenie.user_id', '8', true)`,
    `select "set_config"('querygenie.user_id', '8', true)`,
    "select note from orders, set_config('querygenie.role', 'admin', true)",
    "select note from orders order by set_config('querygenie.role', 'admin', true)",
    "with w as materialized (select set_config('querygenie.role', 'admin', true)) select note from w, orders",
    "select note from orders where (select set_config('querygenie.role', 'admin', true)) is not null",
    "select query_to_xml('select set_config(''querygenie.role'', ''admin'', true)', true, true, '')",
    "select * from ts_stat('select to_tsvector(set_config(''querygenie.role'', ''admin'', true))')",
    "set querygenie.role = 'admin'",
    "set local querygenie.user_id = '8'",
    "reset querygenie.role",
    "rollback",
    "select 1; set local querygenie.role = 'admin'; select note from orders",
    "do $$ begin perform set_config('querygenie.role', 'admin', true); end $$",
    "update pg_settings set setting = 'admin' where name = 'querygenie.role'",
    "set role postgres",
    "set session authorization postgres",
  ])("lets no statement of a caller say who asks: %s", async (sql) => {
    expect(await cells(live, sql, ada)).toBe("QG501");
    expect(await cells(live, NOTES, ada)).toEqual(["of ada", "also of ada"]);
  });

  test("takes a caller's values for values", async () => {
    const sql = "select note from orders where note = $1";
    expect(await cells(live, sql, ada, ["x' or true; select set_config('querygenie.role', 'admin', true) --"])).toEqual(
      [],
    );
    expect(await cells(live, "select current_setting('querygenie.user_id')", hostile)).toEqual([hostile.id]);
  });
});

/** The statements of the guide, by the words that begin the first one. */
function guideSql(begin: string): string {
  const guide = readFileSync(new URL("../../../docs/guides/server.md", import.meta.url), "utf8");
  const found = [...guide.matchAll(/```sql\n([^`]*)```/g)]
    .map(([, sql = ""]) => sql)
    .find((sql) => sql.startsWith(begin));
  if (found === undefined) throw new Error(`The guide has no SQL that begins with ${begin}`);
  return found;
}

describe.skipIf(real.isMissing)("the guide's policy", () => {
  test("shows each member of the staff the orders of their region, and an admin all", async () => {
    const server = await startPostgres();
    try {
      await server.client.query(`
        create schema sales; create schema people;
        create table sales.orders (id int primary key, region text);
        create table people.staff (github_id bigint, region text);
        insert into sales.orders values (1, 'north'), (2, 'south');
        insert into people.staff values (7, 'north');
        create role querygenie_reader login;
        grant usage on schema sales, people to querygenie_reader;
        grant select on all tables in schema sales, people to querygenie_reader;`);
      await server.client.query(guideSql("ALTER TABLE sales.orders"));
      const live = openLiveConnection(postgresTarget({ ...server.connection, user: "querygenie_reader" }), limits);
      const ids = "select id from sales.orders order by id";
      expect([await cells(live, ids, ada), await cells(live, ids, grace), await cells(live, ids, nobody)]).toEqual([
        [1],
        [1, 2],
        [],
      ]);
      await live.close();
    } finally {
      await server.close();
    }
  });
});

describe.skipIf(!hasMariadb())("views of MariaDB by who asks", () => {
  let server: MariadbServer;
  let live: QueryConnection;
  beforeAll(async () => {
    server = await startMariadb();
    const failed = server.run("mysql", [
      "create database shop",
      "create table shop.orders (id int primary key, owner varchar(40), note varchar(40))",
      "insert into shop.orders values (1, '7', 'of ada'), (2, '8', 'of grace'), (3, '7', 'also of ada')",
      ...guideSql("CREATE FUNCTION shop.who_asks").trim().replace(/;$/, "").split(";\n"),
      "create user reader identified by 's3cret'",
      "grant select on shop.own_orders to reader",
    ]);
    if (failed.size > 0) throw new Error([...failed.values()].join("\n"));
    live = openLiveConnection(mariadbTarget(server.socket, "shop", { user: "reader", password: "s3cret" }), limits);
  });
  afterAll(async () => {
    await live.close();
    await server.stop();
  });
  const NOTES = "select note from own_orders order by id";

  test("show each caller their own rows, however many share the sessions", async () => {
    const callers = Array.from({ length: 20 }, (_, index) => ({ id: String(index % 3 === 0 ? 7 : 8), role: "write" }));
    const answers = await Promise.all(callers.map((caller) => cells(live, NOTES, caller)));
    for (const [index, { id }] of callers.entries())
      expect(answers[index]).toEqual(id === "7" ? ["of ada", "also of ada"] : ["of grace"]);
    expect(await cells(live, NOTES, nobody)).toEqual([]);
    expect(await cells(live, NOTES, hostile)).toEqual([]);
    expect(await cells(live, "select note from orders", ada)).toBe("QG201");
  });

  test.each([
    "select @querygenie_user := '8', note from own_orders",
    "select note from own_orders where (@querygenie_user := '8') is not null",
    "select '8' into @querygenie_user",
    "set @querygenie_user = '8'",
    "select 1; set @querygenie_user = '8'",
    "set statement querygenie_user = '8' for select 1",
    "/*! set @querygenie_user = '8' */",
    "execute immediate 'set @querygenie_user = 8'",
    "select @`querygenie_user` := '8'",
  ])("let no statement of a caller say who asks: %s", async (sql) => {
    expect(await cells(live, sql, ada)).toBe("QG501");
    expect(await cells(live, NOTES, ada)).toEqual(["of ada", "also of ada"]);
  });
});

describe("SQL Server, as far as its protocol tells", () => {
  const sessionContext = /sp_set_session_context @key = N'querygenie\.user_id', @value = @id, @read_only = 1/;
  async function asked(callers: readonly (typeof ada)[], answerToTelling: TdsAnswer = { kind: "rows", sets: [] }) {
    const server = await startTdsServer({
      user: "reader",
      password: "s3cret",
      database: "shop",
      answer: (sql) =>
        sql.includes("sp_set_session_context")
          ? answerToTelling
          : { kind: "rows", sets: sql.includes("dbo.Orders") ? ["42"] : [] },
    });
    const live = openLiveConnection(mssqlTarget(server.port), limits);
    const answers: unknown[] = [];
    for (const caller of callers) answers.push(await cells(live, "select Note from dbo.Orders", caller));
    await live.close();
    await server.close();
    return { answers, asked: server.asked };
  }

  test("is told who asks, for the whole session, before it is asked anything, and never in the text", async () => {
    const { answers, asked: texts } = await asked([hostile, hostile]);
    expect(answers).toEqual([["42"], ["42"]]);
    const telling = texts.filter((text) => sessionContext.test(text));
    expect(telling).toHaveLength(1);
    expect(texts.findIndex((text) => sessionContext.test(text))).toBeLessThan(
      texts.findIndex((text) => text.includes("dbo.Orders")),
    );
    expect(telling.join().split("@read_only = 1")).toHaveLength(3);
  });

  test("is asked in another session for another caller", async () => {
    const { answers, asked: texts } = await asked([ada, grace, ada, ada]);
    expect(answers).toEqual([["42"], ["42"], ["42"], ["42"]]);
    expect(texts.filter((text) => sessionContext.test(text))).toHaveLength(3);
  });

  test("is asked all the same where it cannot be told, and not where telling fails", async () => {
    const missing = { kind: "error", number: 2812, message: "Could not find stored procedure." } as const;
    expect((await asked([ada], missing)).answers).toEqual([["42"]]);
    const failing = { kind: "error", number: 15664, message: "Cannot set key in the session context." } as const;
    const { answers, asked: texts } = await asked([ada], failing);
    expect(answers).toEqual(["QG201"]);
    expect(texts.some((text) => text.includes("dbo.Orders"))).toBe(false);
  });
});
