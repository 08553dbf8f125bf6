import { expect, test } from "vitest";
import { parsePlan, relationsFoundByIndex, type PlanNode } from "./plan.ts";
import { planWarnings } from "./plan-warnings.ts";

/** A step as EXPLAIN writes it. */
const raw = (node: string, more: object = {}): object => ({
  "Node Type": node,
  "Startup Cost": 0,
  "Total Cost": 10,
  "Plan Rows": 5,
  ...more,
});
const plan = (node: object): PlanNode => parsePlan(JSON.stringify([{ Plan: node }]));
const orders = { Schema: "sales", "Relation Name": "orders", Alias: "o" };
const lines = { Schema: "sales", "Relation Name": "Order Lines", Alias: "Order Lines" };
const rows = { "sales.orders": 2_400_000, 'sales."Order Lines"': 9_000_000 };

function check(node: object, expected: readonly string[]): void {
  expect(planWarnings(plan(node), rows)).toEqual(expected);
}

test.each([
  [
    "a large table that is read for a few rows",
    raw("Seq Scan", { ...orders, Filter: "(state = 'paid'::text)" }),
    ["Reads all of sales.orders (about 2,400,000 rows) to keep those with (state = 'paid'::text)."],
  ],
  [
    "a large table below other steps, once",
    raw("Append", { Plans: [raw("Sort", { Plans: [raw("Seq Scan", lines)] }), raw("Seq Scan", lines)] }),
    ['Reads all of sales."Order Lines" (about 9,000,000 rows).'],
  ],
  [
    "a table that the plan itself expects to be large",
    raw("Seq Scan", { Schema: "stock", "Relation Name": "levels", "Plan Rows": 20_000 }),
    ["Reads all of stock.levels (about 20,000 rows)."],
  ],
  [
    "pairs without a condition",
    raw("Nested Loop", {
      Plans: [raw("Index Only Scan", orders), raw("Materialize", { Plans: [raw("Index Only Scan", lines)] })],
    }),
    [
      "Joins every row of one side with every row of the other (about 21,600,000,000,000 pairs): is a join condition missing?",
    ],
  ],
])("warns of %s", (_what, node, expected) => {
  expect.hasAssertions();
  check(node, expected);
});

test.each([
  ["a small table", raw("Seq Scan", { Schema: "sales", "Relation Name": "currencies" })],
  [
    "an index scan of a large table",
    raw("Index Scan", { ...orders, "Index Name": "orders_pkey", "Index Cond": "(id = 1)" }),
  ],
  [
    "a loop whose inner side looks up each row",
    raw("Nested Loop", {
      Plans: [raw("Index Only Scan", lines), raw("Index Scan", { ...orders, "Index Cond": "(id = l.order_id)" })],
    }),
  ],
])("says nothing of %s", (_what, node) => {
  expect.hasAssertions();
  check(node, []);
});

test("reads a step with its relation, alias, index and conditions", () => {
  const node = raw("Index Scan", {
    ...orders,
    "Index Name": "orders_pkey",
    "Index Cond": "(id = 1)",
    Filter: "(state = 'paid')",
  });
  expect(plan(node)).toEqual({
    node: "Index Scan",
    relation: "sales.orders",
    alias: "o",
    index: "orders_pkey",
    conditions: ["(id = 1)", "(state = 'paid')"],
    startupCost: 0,
    cost: 10,
    rows: 5,
    children: [],
  });
});

test("does not warn of a small copy of a table that an index is asked for when it is large", () => {
  const scan = raw("Seq Scan", { ...orders, Filter: "(id = $1)" });
  const lookUp = raw("Bitmap Heap Scan", {
    ...orders,
    Plans: [raw("Bitmap Index Scan", { "Index Cond": "(id = $1)" })],
  });
  const found = relationsFoundByIndex(JSON.stringify([{ Plan: raw("Limit", { Plans: [lookUp] }) }]));
  expect([...found]).toEqual(["sales.orders"]);
  expect(planWarnings(plan(scan), rows, found)).toEqual([]);
  // Read in the order of an index, but whole.
  const whole = raw("Index Scan", { ...orders, "Index Name": "orders_pkey", Filter: "(state = 'paid'::text)" });
  expect([...relationsFoundByIndex(JSON.stringify([{ Plan: whole }]))]).toEqual([]);
});
