import { describe, expect, it } from "vitest";
import { postgresQueryReader } from "../postgres/query-reader.ts";
import { queryReaderByRule } from "./query-tree-reader.ts";

const postgres = await postgresQueryReader();

/** A tree without places in the text, and without what only one of the grammars has a word for. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === "at" ? [] : [[key, bare(inner)] as const])),
  );
}

function treeOf(reader: Pick<typeof postgres, "read">, sql: string): unknown {
  const outcome = reader.read(sql);
  if (outcome.kind !== "query") throw new Error(JSON.stringify(outcome));
  return bare(outcome.tree);
}

const shared = [
  "select id, o.total as t from orders o where status = 'open' and (total > 5 or note is not null) order by id desc",
  "select count(*), count(distinct status) from orders group by status having count(*) > 1",
  "select o.id from orders o left join customers c on c.id = o.customer_id where not exists (select 1 from notes)",
  "select id from orders where id in (1, 2) and id not in (select order_id from notes) and note like 'a%'",
  "select case when a = 1 then 2 else 3 end from t",
  "select id from a union all select id from b",
  "with recent as (select id from orders) select id from recent where id between 1 and 5",
  "select x.id from (select id from orders) x, customers c where x.id = c.id",
  "insert into t (a, b) values (1, 'x'), (2, null)",
  "update t set a = a + 1, b = null where id = 7",
  "delete from t where id = 7",
  "select sum(total) over (partition by status order by id) from orders",
];

describe.each(["mysql", "mssql"] as const)("queries of %s", (grammar) => {
  const reader = queryReaderByRule(grammar);

  it.each(shared)("become the tree that PostgreSQL's become: %s", (sql) => {
    expect(treeOf(reader, sql)).toEqual(treeOf(postgres, sql));
  });

  it("are told from other statements", () => {
    expect(reader.read("create table t (id int)").kind).toBe("none");
    expect(reader.read("select from where").kind).toBe("failure");
  });
});

describe("what one dialect has", () => {
  const mysql = queryReaderByRule("mysql");
  const mssql = queryReaderByRule("mssql");

  it.each([
    [mysql, "select id from t order by id limit 10, 5", { limit: { text: "5" }, offset: { text: "10" } }],
    [mysql, "select id from t order by id limit 5 offset 10", { limit: { text: "5" }, offset: { text: "10" } }],
    [mssql, "select top (5) id from t", { limit: { text: "5" } }],
    [
      mssql,
      "select id from t order by id offset 10 rows fetch next 5 rows only",
      { limit: { text: "5" }, offset: { text: "10" } },
    ],
    [mysql, "select id from t for update skip locked", { locking: { strength: "update", wait: "skip locked" } }],
    [mysql, "select id from t lock in share mode", { locking: { strength: "share", wait: "wait" } }],
    [
      mysql,
      "select id from t where a = ? and b = $1",
      { body: { where: { terms: [{}, { operands: [{}, { kind: "parameter" }] }] } } },
    ],
    [mssql, "select id from t with (nolock)", { body: { from: [{ hints: ["NOLOCK"] }] } }],
    [
      mssql,
      "update o set a = 1 from orders o join c on c.id = o.id",
      { kind: "update", isTargetInFrom: true, table: { name: "orders", alias: "o" } },
    ],
    [
      mysql,
      "delete o from orders o join c on c.id = o.id",
      { kind: "delete", isTargetInFrom: true, table: { name: "orders" } },
    ],
    [mysql, "insert into t set a = 1, b = 2", { columns: ["a", "b"], source: { body: { kind: "values" } } }],
    [mssql, "select x = a from t", { body: { items: [{ alias: "x", value: { name: "a" } }] } }],
    [mysql, "select a from x union distinct select a from y", { body: { kind: "set", isDistinctSaid: true } }],
  ])("is in the tree: $1", (reader, sql, expected) => {
    expect(treeOf(reader, sql)).toMatchObject(expected);
  });
});
