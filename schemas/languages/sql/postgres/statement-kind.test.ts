import { beforeAll, describe, expect, it } from "vitest";
import type { ParseTree, Parser } from "./parse.ts";
import { createParser } from "./parse.ts";
import { isData, isTransactionControl, mustRunAlone, statementKind, transactionKind } from "./statement-kind.ts";

let parser: Parser;
beforeAll(async () => {
  parser = await createParser();
});

function treeOf(sql: string): ParseTree {
  const outcome = parser.parse(sql);
  if (!outcome.ok) throw new Error(`${outcome.message}: ${sql}`);
  return outcome.tree;
}

describe("mustRunAlone", () => {
  it.each([
    "create index concurrently on orders (id)",
    "create unique index concurrently if not exists i on orders (id)",
    "drop index concurrently i",
    "reindex index concurrently i",
    "reindex (verbose, concurrently) table orders",
    "reindex (concurrently on) table orders",
    "reindex schema shop",
    "reindex database shop",
    "reindex system shop",
    "vacuum",
    "vacuum (full, analyze) orders",
    "cluster",
    "cluster verbose",
    "create database shop",
    "drop database if exists shop",
    "alter database shop set tablespace fast",
    "create tablespace fast location '/fast'",
    "drop tablespace fast",
    "alter system set work_mem = '1MB'",
    "alter table orders detach partition orders_2024 concurrently",
    "create subscription s connection 'x' publication p",
    "discard all",
    "commit prepared 'x'",
    "rollback prepared 'x'",
  ])("holds for %s", (sql) => {
    expect(mustRunAlone(treeOf(sql))).toBe(true);
  });

  it.each([
    "-- nothing",
    "create index on orders (id)",
    "drop index i",
    "drop table orders",
    "reindex table orders",
    "reindex (concurrently false) table orders",
    "analyze orders",
    "cluster orders using i",
    "alter type status add value 'shipped'",
    "alter table orders detach partition orders_2024",
    "alter table orders detach partition orders_2024 finalize",
    "alter database shop set work_mem = '1MB'",
    "create subscription s connection 'x' publication p with (create_slot = false)",
    "create subscription s connection 'x' publication p with (connect = false)",
    "discard temp",
    "prepare transaction 'x'",
    "begin",
    "select 'create index concurrently on orders (id)'",
  ])("does not hold for %s", (sql) => {
    expect(mustRunAlone(treeOf(sql))).toBe(false);
  });
});

describe("isData", () => {
  it.each([
    "select 1",
    "values (1)",
    "table orders",
    "select 1 union select 2",
    "insert into orders values (1)",
    "with x as (select 1) update orders set id = 1",
    "delete from orders",
    "merge into orders o using x on true when matched then delete",
    "truncate orders",
    "copy orders to stdout",
    "select 1; delete from orders",
  ])("holds for %s", (sql) => {
    expect(isData(treeOf(sql))).toBe(true);
  });

  it.each([
    "-- nothing",
    "select 1 into t",
    "select 1 into t union select 2",
    "create table t as select 1",
    "call f()",
    "do $$ begin delete from orders; end $$",
    "begin",
    "set search_path = shop",
    "select 1; drop table orders",
  ])("does not hold for %s", (sql) => {
    expect(isData(treeOf(sql))).toBe(false);
  });
});

it.each([
  ["begin", "TRANS_STMT_BEGIN"],
  ["start transaction", "TRANS_STMT_START"],
  ["commit and chain", "TRANS_STMT_COMMIT"],
  ["end", "TRANS_STMT_COMMIT"],
  ["abort", "TRANS_STMT_ROLLBACK"],
  ["savepoint a", "TRANS_STMT_SAVEPOINT"],
  ["release a", "TRANS_STMT_RELEASE"],
  ["rollback to a", "TRANS_STMT_ROLLBACK_TO"],
] as const)("takes %j for transaction control", (sql, kind) => {
  expect(transactionKind(treeOf(sql))).toBe(kind);
  expect(isTransactionControl(treeOf(sql))).toBe(true);
});

it.each(["-- begin", "select 1", "set transaction read only", "begin; commit"])("does not take %j for one", (sql) => {
  expect(isTransactionControl(treeOf(sql))).toBe(false);
});

it("names the kind of the only statement", () => {
  expect(statementKind(treeOf("alter table orders add total int"))?.tag).toBe("AlterTableStmt");
  expect(statementKind(treeOf("-- none"))).toBeNull();
  expect(statementKind(treeOf("select 1; select 2"))).toBeNull();
});
