import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import type { ColumnSpec, TableSpec } from "#test/support/model-builder.ts";
import { foreignKey, model, primaryKey, table, type } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { describeColumn, describeRoutine, describeTable, describeType } from "./describe.ts";
import { proseText } from "./prose.ts";

const shop = { index: indexModel(shopModel), descriptions: {} };

function checkTable(id: string, expected: string): void {
  const found = shop.index.relation(id);
  expect(found && proseText(describeTable({ ...shop }, { ...found, comment: "" }).prose)).toBe(expected);
}

test.each([
  [
    "sales.orders",
    "Holds orders; each refers to a customer and can refer to a billing address. Order events and order items refer to them.",
  ],
  ["sales.order_items", "Holds order items, one row per order and line number; each refers to an order and a product."],
  ["sales.product_tags", "Links products and tags, one row a pair."],
  ["sales.products", "Holds products; rows can refer to other products. Order items and product tags refer to them."],
  ["sales.tags", "Holds tags, one row per code. Product tags refer to them."],
  ["ops.job_runs", "Holds job runs."],
  ["ops.order_events_2025", "Partition of ops.order_events: FROM ('2025-01-01') TO ('2026-01-01')."],
  ["ops.order_events_default", "Partition of ops.order_events for the rows that fit no other partition."],
  ["sales.order_totals", "View of a query over sales.order_items and sales.orders, with 3 columns."],
  ["ops.daily_revenue", "Stored result of a query over sales.order_totals, with 2 columns."],
])("%s: %s", checkTable);

/** A column in a table of customers that has a key and may refer to employees. */
function checkColumn(spec: ColumnSpec, expected: string, more: Partial<TableSpec>): void {
  const employees = table({
    schema: "hr",
    name: "employees",
    columns: [{ name: "id", type: "bigint" }],
    constraints: [primaryKey("e", ["id"])],
  });
  const own = table({ schema: "hr", name: "customers", columns: [spec], ...more });
  const context = { index: indexModel(model({ tables: [employees, own] })), descriptions: {} };
  const [column] = own.columns;
  expect(column && proseText(describeColumn(context, column, own).prose)).toBe(expected);
}

const toEmployee = (column: string) => ({
  constraints: [foreignKey("f", [column], { table: "hr.employees", columns: ["id"] })],
});

const none: Partial<TableSpec> = {};

test.each<readonly [ColumnSpec, string, Partial<TableSpec>]>([
  [
    { name: "id", type: "bigint", identity: { always: true, start: "1", increment: "1" } },
    "Identifies the customer; numbered by the database.",
    { constraints: [primaryKey("p", ["id"])] },
  ],
  [
    { name: "id", type: "uuid", default: "gen_random_uuid()" },
    "Identifies the customer; made by the database.",
    { constraints: [primaryKey("p", ["id"])] },
  ],
  [
    { name: "vat_no", type: "text" },
    "VAT number; identifies the customer.",
    { constraints: [primaryKey("p", ["vat_no"])] },
  ],
  [{ name: "employee_id", type: "bigint" }, "The employee this row refers to.", toEmployee("employee_id")],
  [
    { name: "sales_employee_id", type: "bigint", nullable: true },
    "The sales employee this row may refer to.",
    toEmployee("sales_employee_id"),
  ],
  [{ name: "created_by", type: "bigint" }, "Created by: refers to an employee.", toEmployee("created_by")],
  [{ name: "is_active", type: "boolean" }, "Whether it is active.", none],
  [{ name: "newsletter", type: "boolean" }, "Newsletter: yes or no.", none],
  [{ name: "created_at", type: "timestamp with time zone" }, "When it was created.", none],
  [{ name: "occurred_at", type: "timestamp with time zone" }, "When it occurred.", none],
  [{ name: "expires_at", type: "timestamp with time zone" }, "When it expires.", none],
  [{ name: "start_at", type: "timestamp with time zone" }, "Time of “start”.", none],
  [{ name: "birth_date", type: "date" }, "Birth date.", none],
  [{ name: "order_count", type: "integer" }, "Number of orders.", none],
  [{ name: "qtyOnHand", type: "integer" }, "Quantity on hand.", none],
  [{ name: "imgUrl", type: "text" }, "Image URL.", none],
  [
    { name: "total", type: "numeric", generated: { expression: "(net + tax)", stored: true } },
    "Total. Computed from net + tax.",
    none,
  ],
  [{ name: "mood", type: type("hr.mood", { family: "enum", typeId: "hr.mood" }) }, "Mood.", none],
])("%o is described as %j", checkColumn);

test("a reference named after the end of its target's name adds nothing to it", () => {
  const variants = table({ schema: "hr", name: "product_variants", columns: [{ name: "id", type: "bigint" }] });
  const prices = table({
    schema: "hr",
    name: "prices",
    columns: [{ name: "variant_id", type: "bigint" }],
    constraints: [foreignKey("f", ["variant_id"], { table: "hr.product_variants", columns: ["id"] })],
  });
  const context = { index: indexModel(model({ tables: [prices, variants] })), descriptions: {} };
  expect(proseText(describeTable(context, prices).prose)).toBe("Holds prices; each refers to a product variant.");
});

test("an enum's labels and a unique key are told", () => {
  const orders = shop.index.table("sales.orders");
  const status = orders?.columns.find(({ name }) => name === "status");
  expect(orders && status && proseText(describeColumn(shop, status, orders).prose)).toBe(
    "Status. One of new, paid, shipped or cancelled.",
  );
});

test("a person's text wins over the comment, and the comment over the rules", () => {
  const customers = shop.index.table("sales.customers");
  if (!customers) throw new Error("the small shop has customers");
  const descriptions = { "sales.customers": "Whoever buys." };
  expect(describeTable({ ...shop, descriptions }, customers)).toEqual({ prose: ["Whoever buys."], source: "person" });
  expect(describeTable(shop, customers).source).toBe("comment");
  expect(describeTable(shop, { ...customers, comment: "  " }).source).toBe("generated");
});

test("types and functions are told from their definition and their users", () => {
  const texts = [
    ...[...shopModel.enums, ...shopModel.domains].map((one) => describeType(shop, one)),
    ...shopModel.routines.map((one) => describeRoutine(shop, { ...one, comment: "" })),
  ];
  expect(texts.map(({ prose }) => proseText(prose))).toEqual([
    "A list of 4 values in a fixed order; 2 columns have it.",
    "A text that must satisfy VALUE ~~ '%_@_%'::text; 1 column has it.",
    "Function in SQL that takes 1 argument and returns numeric; it reads the database and changes nothing.",
    "Trigger function in PL/pgSQL, called by sales.orders.orders_touch.",
  ]);
});
