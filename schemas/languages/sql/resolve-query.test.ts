import { describe, expect, it } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { shopModel } from "#test/support/shop.ts";
import { postgresQueryReader } from "./postgres/query-reader.ts";
import type { ColumnUse } from "./query-tree.ts";
import { resolveQuery } from "./resolve-query.ts";
import { walkQuery } from "./walk-query.ts";

const reader = await postgresQueryReader();
const model = shopModel();

/** What each column of a query stands for, in the order of the text. */
function check(sql: string, expected: readonly string[]): void {
  const outcome = reader.read(sql);
  if (outcome.kind !== "query") throw new Error(JSON.stringify(outcome));
  const resolved = resolveQuery(outcome.tree, { index: indexModel(model), searchPath: ["sales", "people"] });
  const uses: ColumnUse[] = [];
  walkQuery(outcome.tree, {
    expression: (value) => {
      if (value.kind === "column") uses.push(value);
    },
  });
  const words = uses.map((use) => {
    const found = resolved.columnOf(use);
    if (found.kind !== "column") return `${use.name}: ${found.kind}`;
    const marks = [found.nullable ? "?" : "", found.isOuter ? " outer" : ""].join("");
    return `${found.column.id}${marks}`;
  });
  expect(words).toEqual(expected);
}

describe("resolveQuery", () => {
  it.each([
    ["a column of a table", "select id from orders", ["sales.orders.id"]],
    ["a column by its alias", "select o.id from sales.orders o", ["sales.orders.id"]],
    ["a column that no table has", "select nothing from orders", ["nothing: unknown"]],
    ["a column of a table that is not known", "select a from nowhere", ["a: open"]],
    ["a column that two tables have", "select id from orders, customers", ["id: ambiguous"]],
    ["a column that USING has made one", "select id from orders join customers using (id)", ["sales.orders.id"]],
    [
      "the side that an outer join may leave out",
      "select c.id from orders o left join customers c on c.id = o.customer_id",
      ["people.customers.id?", "people.customers.id?", "sales.orders.customer_id"],
    ],
    [
      "a column through a CTE and a subquery",
      "with a as (select id as key from orders) select x.key from (select key from a) x",
      ["sales.orders.id", "sales.orders.id", "sales.orders.id"],
    ],
    [
      "a column of the query around",
      "select id from orders o where exists (select 1 from customers c where c.id = o.customer_id)",
      ["sales.orders.id", "people.customers.id", "sales.orders.customer_id outer"],
    ],
    [
      "a name that the query itself gives",
      "select id as key from orders order by key",
      ["sales.orders.id", "key: derived"],
    ],
    [
      "the row that was to be inserted",
      "insert into orders (id) values (1) on conflict (id) do update set id = excluded.id",
      ["sales.orders.id"],
    ],
    [
      "a column in DELETE",
      "delete from orders using customers c where c.id = customer_id",
      ["people.customers.id", "sales.orders.customer_id"],
    ],
  ])("finds %s", (_, sql, expected) => check(sql, expected));

  it("knows which subqueries run once for each row", () => {
    const outcome = reader.read(
      "select (select count(*) from orders o where o.customer_id = c.id), (select 1) from customers c",
    );
    if (outcome.kind !== "query") throw new Error("no query");
    const resolved = resolveQuery(outcome.tree, { index: indexModel(model), searchPath: ["sales", "people"] });
    const found: boolean[] = [];
    walkQuery(outcome.tree, {
      query: (query, depth) => {
        if (depth > 0 && query.kind === "select") found.push(resolved.isCorrelated(query));
      },
    });
    expect(found).toEqual([true, false]);
  });
});
