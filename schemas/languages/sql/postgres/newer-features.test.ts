import { beforeAll, describe, expect, test } from "vitest";
import { newerFeatures } from "./newer-features.ts";
import { loadParser, type Parser } from "./parse.ts";

let parser: Parser;
beforeAll(async () => {
  parser = await loadParser();
});

function featuresOf(sql: string): readonly string[] {
  const outcome = parser.parse(sql);
  if (!outcome.ok) throw new Error(outcome.message);
  return newerFeatures(outcome.tree).map(({ what, since }) => `${since} ${what}`);
}

describe("what came with a newer PostgreSQL", () => {
  test.each<readonly [sql: string, features: readonly string[]]>([
    ["create table t (a int, b int generated always as (a + 1) stored)", ["12 a stored generated column"]],
    ["create table t (a int, b int generated always as (a + 1))", ["18 a virtual generated column"]],
    ["create table t (a int, unique nulls not distinct (a))", ["15 NULLS NOT DISTINCT"]],
    ["create unique index on t (a) nulls not distinct", ["15 NULLS NOT DISTINCT"]],
    [
      "alter table t add constraint c not null a not valid",
      ["18 a NOT NULL constraint of the table", "18 NOT NULL … NOT VALID"],
    ],
    ["alter table t add constraint c check (a > 0) not enforced", ["18 NOT ENFORCED"]],
    ["create table t (a int check (a > 0) not enforced)", ["18 NOT ENFORCED"]],
    ["create table t (a int, foreign key (a) references u on delete set null (a))", ["15 ON DELETE SET with columns"]],
    ["create table t (a int, b tstzrange, primary key (a, b without overlaps))", ["18 WITHOUT OVERLAPS"]],
    ["create or replace trigger x before insert on t execute function f()", ["14 CREATE OR REPLACE TRIGGER"]],
    ["create function f() returns int begin atomic select 1; end", ["14 a function body in SQL without quotes"]],
    ["alter table t detach partition p concurrently", ["14 DETACH PARTITION CONCURRENTLY"]],
    ["reindex table concurrently t", ["12 REINDEX CONCURRENTLY"]],
    ["create view v with (security_invoker = true) as select 1", ["15 security_invoker"]],
    ["alter table t alter column a set expression as (b * 2)", ["17 SET EXPRESSION"]],
    ["alter table t alter column a drop expression", ["13 DROP EXPRESSION"]],
    ["create table t (a text storage external compression lz4)", ["14 COMPRESSION", "16 STORAGE in CREATE TABLE"]],
    [
      "merge into t using s on t.a = s.a when not matched by source then delete",
      ["15 MERGE", "17 WHEN NOT MATCHED BY SOURCE"],
    ],
    ["with a as materialized (select 1) select * from a", ["12 MATERIALIZED"]],
    [
      "select uuidv7(), any_value(x), pg_catalog.date_bin('1 day', now(), now()) from t",
      ["18 uuidv7()", "16 any_value()", "14 date_bin()"],
    ],
    ["select * from json_table('[]', '$[*]' columns (a int path '$.a')) j", ["17 JSON_TABLE"]],
    ["create table t (a int4multirange)", ["14 int4multirange"]],
    ["select 1 where '{}' is json", ["16 IS JSON"]],
  ])("%s", (sql, features) => expect([...featuresOf(sql)].sort()).toEqual([...features].sort()));

  test.each([
    "create table t (a int primary key, b text not null default 'x' check (b <> ''), c int references u on delete set null)",
    "alter table t add constraint c check (a > 0) not valid, add foreign key (a) references u not valid",
    "create index concurrently on t (a) include (b) where a > 0",
    "alter table t detach partition p",
    "with a as (select 1) select my.uuidv7(), count(*) filter (where true) from a group by rollup (x) fetch first row only",
    "create view v with (security_barrier) as select json_build_object('a', 1)",
    "create constraint trigger x after insert on t for each row execute function f()",
    "insert into t values (1) on conflict do nothing returning a",
  ])("finds nothing in %s", (sql) => expect(featuresOf(sql)).toEqual([]));
});
