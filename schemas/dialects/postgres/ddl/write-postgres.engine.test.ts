import { expect, test } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { comparable } from "#test/support/same-model.ts";
import { readModel } from "../../../replay/read-model.ts";
import type { MigrationFile } from "../../../source.ts";
import { writePostgres } from "./write-postgres.ts";

const HARD = `
create schema "Sales Dept";
create extension citext;
create type "Sales Dept".state as enum ('open', 'it''s paid');
create type address as (street text, state "Sales Dept".state);
create domain positive as numeric(10,2) default 1 not null constraint over_zero check (value > 0);
create type span as range (subtype = positive);
create function half(n int) returns int language sql immutable as 'select n / 2';
create table parents (id int generated always as identity (start with 5 increment by 3) primary key, child bigint,
  "order" text collate "C" default 'a\\b', h int generated always as (half(1)) stored, a address, tags text[] default '{}');
create table children (id bigserial primary key, parent int not null constraint child_parent references parents on delete cascade deferrable,
  mail citext, p positive, constraint span_free exclude using btree (parent with =), unique nulls not distinct (parent, mail));
alter table parents add constraint cycle foreign key (child) references children (id) not valid;
create index by_half on parents using btree (half(id) desc nulls last) include (child) where child > 0;
create table events (id bigint, at date not null, note text default 'none', primary key (id, at), check (id > 0)) partition by range (at);
create table events_25 partition of events (note default 'old') for values from ('2025-01-01') to ('2026-01-01') partition by list (id);
create table events_25_1 partition of events_25 for values in (1);
create table events_rest partition of events default;
create index events_note on events (note);
create table special (extra int) inherits (parents);
create unlogged table fast (id int) with (fillfactor = 70);
create view second_view as select 1 as id;
create view first_view as select id from parents where child is not null;
create or replace view second_view with (security_barrier) as select id from first_view;
create function all_first() returns setof first_view language sql as 'select * from first_view';
create view third_view as select * from all_first();
create materialized view totals as select count(*) as n, half(2) as h from second_view with no data;
create unique index on totals (n);
create aggregate joined(text) (sfunc = textcat, stype = text, initcond = '');
create view with_aggregate as select joined("order") as all_of from parents group by child;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touched before update of child on parents for each row when (old.child is distinct from new.child) execute function touch();
alter table parents disable trigger touched;
create rule no_delete as on delete to fast do instead nothing;
create statistics both_of (dependencies) on id, child from parents;
alter table parents enable row level security; alter table parents force row level security;
create policy mine on parents as restrictive for select to public using (id > 0);
create role reader;
grant select, insert (child) on parents to reader; grant usage on schema "Sales Dept" to reader;
grant execute on function half to reader; revoke execute on function half from public;
comment on table parents is 'It''s a \\ parent'; comment on column parents."order" is 'n'; comment on constraint cycle on parents is 'round';
comment on index by_half is 'x'; comment on function half is 'h'; comment on trigger touched on parents is 't'; comment on policy mine on parents is 'p';
comment on view first_view is 'v'; comment on type "Sales Dept".state is 's'; comment on domain positive is 'd'; comment on aggregate joined(text) is 'j';
`;

const file = (text: string): MigrationFile => ({ path: "schema.sql", text, version: "1", transaction: "none" });

test("every kind of object is made again by the SQL of its model", async () => {
  const first = await readModel([file(HARD)], { cacheDir: testCacheDir });
  expect(first.problems).toEqual([]);
  const { statements, problems } = writePostgres(first.model);
  expect(problems).toEqual([]);
  const again = await readModel([file(statements.map((sql) => `${sql};\n`).join(""))], { cacheDir: testCacheDir });
  expect(again.problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'QG203 The role "reader" is made by no statement before this one; it was created for the replay',
  ]);
  expect(comparable(again.model)).toEqual(comparable(first.model));
}, 240_000);
