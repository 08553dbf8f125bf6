import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresTarget } from "#test/support/live-targets.ts";
import { postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { defaultLimits } from "./connection.ts";
import { openLiveConnection } from "./live/open-live.ts";
import type { QueryConnection } from "./query-connection.ts";

const SETUP = `
create schema sales;
create table sales.orders (id int primary key, placed_at timestamptz, total numeric(12,2), note text, age int);
create view sales.order_notes as select id, upper(note) as note from sales.orders;
create view sales.recent as select * from sales.orders where placed_at > now() - interval '1 day';
create view sales.recent_notes as select note from sales.recent;
create materialized view sales.kept as select count(*), now() as counted_at from sales.orders;
create table sales.own (id int, owner text);
alter table sales.own enable row level security;
create policy own on sales.own using (owner = current_setting('querygenie.user_id', true));
create table sales.open_hours (id int);
alter table sales.open_hours enable row level security;
create policy by_day on sales.open_hours using (extract(hour from now()) between 8 and 18);
create function sales.double(i int) returns int language sql immutable as 'select 2 * i';
create function sales.dice(i int) returns int language sql volatile as 'select (random() * i)::int';
create function sales.moment(o sales.orders) returns timestamptz language sql volatile as 'select clock_timestamp()';
create function sales.lucky(a int, b int) returns boolean language sql volatile as 'select random() > 0.5';
create operator sales.<~> (leftarg = int, rightarg = int, function = sales.lucky);
create function sales.noisy(state int, value int) returns int language sql volatile as 'select (random() * 10)::int';
create aggregate sales.noise(int) (sfunc = sales.noisy, stype = int);
create role reader login;
grant usage on schema sales to reader;
grant select on all tables in schema sales to reader;
`;
const real = await postgresCase("npm");

describe.skipIf(real.isMissing)(`what PostgreSQL ${real.title} answers the same again`, () => {
  let server: PostgresServer;
  let live: QueryConnection;
  beforeAll(async () => {
    server = await startPostgres();
    await server.client.query(SETUP);
    live = openLiveConnection(postgresTarget({ ...server.connection, user: "reader" }), defaultLimits);
  });
  afterAll(async () => {
    await live.close();
    await server.close();
  });

  test.each([
    "select 1",
    "select id, lower(note), round(total, 1), coalesce(note, 'none') from sales.orders order by id",
    "select o.age, o.note from sales.orders o",
    "select date_trunc('month', placed_at), count(*), sum(total), json_agg(note) from sales.orders group by 1",
    "select to_char(placed_at at time zone 'UTC', 'YYYY-MM'), extract(year from placed_at) from sales.orders",
    "select * from sales.order_notes",
    "select * from sales.own",
    "select * from sales.kept",
    "with orders as (select 1 as id) select id from orders",
    "with recursive t(n) as (values (1) union all select n + 1 from t where n < 5) select sum(n) from t",
    "select sales.double(2)",
    "select 'known' as note, 'nowhere'",
    "select rank() over (order by total) from sales.orders",
    "select * from sales.orders where placed_at > timestamptz '2026-01-01'",
    "select relname from pg_class",
  ])("repeats %s", async (sql) => {
    expect((await live.query({ sql })).ok).toBe(true);
    expect(await live.isRepeatable({ sql })).toBe(true);
  });

  test.each([
    "select random()",
    "select RANDOM() from sales.orders",
    `select "random"()`,
    "select now()",
    "select pg_catalog.now()",
    "select current_date",
    "select current_user",
    "select localtimestamp",
    "select * from sales.orders where placed_at > now() - interval '1 hour'",
    "select * from sales.orders where placed_at > 'today'",
    "select 'now'::timestamptz",
    "select timestamp 'tomorrow'",
    "select clock_timestamp(), statement_timestamp()",
    "select age(placed_at) from sales.orders",
    "select gen_random_uuid()",
    "select current_setting('querygenie.user_id', true)",
    "select * from sales.orders tablesample system (50)",
    "select * from sales.recent",
    "select * from sales.recent_notes",
    "select (select count(*) from sales.recent_notes)",
    "select * from sales.open_hours",
    "select sales.dice(6)",
    "select id from sales.orders order by sales.dice(6)",
    "select o.moment from sales.orders o",
    "select (o).moment from sales.orders o",
    "select 1 operator(sales.<~>) 2",
    "select sales.noise(id) from sales.orders",
    "select txid_current_snapshot()",
    "selct 1",
  ])("does not repeat %s", async (sql) => {
    expect(await live.isRepeatable({ sql })).toBe(false);
  });

  test("goes by the values too", async () => {
    const sql = "select * from sales.orders where placed_at > $1";
    expect(await live.isRepeatable({ sql, params: ["2026-01-01"] })).toBe(true);
    expect(await live.isRepeatable({ sql, params: ["now"] })).toBe(false);
    expect(await live.isRepeatable({ sql, params: [" Yesterday"] })).toBe(false);
  });
});
