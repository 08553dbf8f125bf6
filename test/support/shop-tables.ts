import type { Table } from "#schemas/model.ts";
import { check, foreignKey, index, primaryKey, table, type, unique } from "./model-builder.ts";

export const at = (file: string, line: number) => ({ file: `migrations/${file}`, line, column: 1 });
export const made = (file: string, line: number) => ({ origin: { created: at(file, line) } });
export const orderStatus = type("sales.order_status", { family: "enum", typeId: "sales.order_status" });
const email = type("sales.email_address", { family: "text", typeId: "sales.email_address" });
const identity = { always: true, start: "1", increment: "1" } as const;

const customers = table({
  schema: "sales",
  name: "customers",
  comment: "People and companies who buy from the shop.",
  ...made("0001_customers.sql", 8),
  columns: [
    { name: "id", type: "bigint", identity },
    { name: "email", type: email, comment: "Where receipts go | never shown to others." },
    { name: "full_name", type: "text" },
    { name: "default_address_id", type: "bigint", nullable: true },
    { name: "is_active", type: "boolean", default: "true" },
    { name: "created_at", type: "timestamp with time zone", default: "now()" },
  ],
  constraints: [
    primaryKey("customers_pkey", ["id"]),
    unique("customers_email_key", ["email"]),
    foreignKey(
      "customers_default_address_fk",
      ["default_address_id"],
      { table: "sales.addresses", columns: ["id"] },
      { onDelete: "set null", deferrable: true, initiallyDeferred: true },
    ),
  ],
  rowSecurity: { forced: false },
  policies: [
    {
      kind: "policy",
      id: "sales.customers.own_row",
      name: "own_row",
      command: "select",
      permissive: true,
      roles: ["shop_customer"],
      using: "email = CURRENT_USER",
    },
  ],
});

const addresses = table({
  schema: "sales",
  name: "addresses",
  ...made("0001_customers.sql", 22),
  columns: [
    { name: "id", type: "bigint", identity },
    { name: "customer_id", type: "bigint" },
    { name: "street", type: "text" },
    { name: "city", type: "text" },
    { name: "country_code", type: "character(2)" },
  ],
  constraints: [
    primaryKey("addresses_pkey", ["id"]),
    foreignKey(
      "addresses_customer_fk",
      ["customer_id"],
      { table: "sales.customers", columns: ["id"] },
      { onDelete: "cascade" },
    ),
  ],
  indexes: [index("addresses_customer_idx", [{ column: "customer_id" }])],
});

const products = table({
  schema: "sales",
  name: "products",
  ...made("0002_products.sql", 1),
  columns: [
    { name: "id", type: "integer", identity },
    { name: "sku", type: "character varying(32)" },
    { name: "title", type: "text" },
    { name: "unit_price", type: "numeric(12,2)" },
    { name: "replaced_by_id", type: "integer", nullable: true },
    {
      name: "search_text",
      type: "text",
      nullable: true,
      generated: { expression: "lower((sku)::text || ' ' || title)", stored: true },
    },
  ],
  constraints: [
    primaryKey("products_pkey", ["id"]),
    unique("products_sku_key", ["sku"]),
    check("products_price_positive", ["unit_price"], "(unit_price >= (0)::numeric)"),
    foreignKey("products_replaced_by_fk", ["replaced_by_id"], { table: "sales.products", columns: ["id"] }),
  ],
  indexes: [
    index("products_title_trgm", [{ column: "title", operatorClass: "gin_trgm_ops" }], { method: "gin" }),
    index("products_lower_sku", [{ expression: "lower((sku)::text)" }], {
      unique: true,
      predicate: "(replaced_by_id IS NULL)",
      include: ["unit_price"],
    }),
  ],
});

const tags = table({
  schema: "sales",
  name: "tags",
  ...made("0002_products.sql", 20),
  columns: [
    { name: "code", type: "text" },
    { name: "label", type: "text" },
  ],
  constraints: [primaryKey("tags_pkey", ["code"])],
});

const productTags = table({
  schema: "sales",
  name: "product_tags",
  ...made("0002_products.sql", 25),
  columns: [
    { name: "product_id", type: "integer" },
    { name: "tag_code", type: "text" },
  ],
  constraints: [
    primaryKey("product_tags_pkey", ["product_id", "tag_code"]),
    foreignKey(
      "product_tags_product_fk",
      ["product_id"],
      { table: "sales.products", columns: ["id"] },
      { onDelete: "cascade" },
    ),
    foreignKey(
      "product_tags_tag_fk",
      ["tag_code"],
      { table: "sales.tags", columns: ["code"] },
      { onUpdate: "cascade" },
    ),
  ],
});

const orders = table({
  schema: "sales",
  name: "orders",
  origin: { created: at("0003_orders.sql", 6), changed: at("0005_status.sql", 3) },
  columns: [
    { name: "id", type: "bigint", identity },
    { name: "customer_id", type: "bigint" },
    { name: "billing_address_id", type: "bigint", nullable: true },
    { name: "status", type: orderStatus, default: "'new'::sales.order_status" },
    { name: "placed_at", type: "timestamp with time zone", default: "now()" },
    { name: "updated_at", type: "timestamp with time zone", nullable: true },
  ],
  constraints: [
    primaryKey("orders_pkey", ["id"]),
    foreignKey(
      "orders_customer_fk",
      ["customer_id"],
      { table: "sales.customers", columns: ["id"] },
      { onDelete: "restrict" },
    ),
    foreignKey("orders_billing_address_fk", ["billing_address_id"], { table: "sales.addresses", columns: ["id"] }),
  ],
  indexes: [
    index("orders_open_idx", [{ column: "customer_id" }, { column: "placed_at", descending: true }], {
      predicate: "(status = 'new'::sales.order_status)",
    }),
  ],
  triggers: [
    {
      kind: "trigger",
      id: "sales.orders.orders_touch",
      name: "orders_touch",
      timing: "before",
      events: ["update"],
      level: "row",
      when: "(old.* IS DISTINCT FROM new.*)",
      routine: "sales.touch_updated_at()",
      enabled: "origin",
      definition:
        "CREATE TRIGGER orders_touch BEFORE UPDATE ON sales.orders FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION sales.touch_updated_at()",
    },
  ],
});

const orderItems = table({
  schema: "sales",
  name: "order_items",
  ...made("0003_orders.sql", 20),
  columns: [
    { name: "order_id", type: "bigint" },
    { name: "line_no", type: "smallint" },
    { name: "product_id", type: "integer" },
    { name: "qty", type: "integer" },
    { name: "unit_price", type: "numeric(12,2)" },
  ],
  constraints: [
    primaryKey("order_items_pkey", ["order_id", "line_no"]),
    foreignKey(
      "order_items_order_fk",
      ["order_id"],
      { table: "sales.orders", columns: ["id"] },
      { onDelete: "cascade" },
    ),
    foreignKey("order_items_product_fk", ["product_id"], { table: "sales.products", columns: ["id"] }),
    check("order_items_qty_positive", ["qty"], "(qty > 0)"),
  ],
});

const eventColumns = [
  { name: "order_id", type: "bigint" },
  { name: "occurred_at", type: "timestamp with time zone" },
  { name: "payload", type: "jsonb", default: "'{}'::jsonb" },
] as const;
const eventsToOrders = foreignKey(
  "order_events_order_fk",
  ["order_id"],
  { table: "sales.orders", columns: ["id"] },
  { validated: false },
);
const orderEvents = table({
  schema: "ops",
  name: "order_events",
  variant: "partitioned",
  partitionKey: "RANGE (occurred_at)",
  comment: "What happened to an order, newest partition last.",
  ...made("0004_events.sql", 2),
  columns: eventColumns,
  constraints: [eventsToOrders],
});
const partition = (name: string, bound: string, line: number) =>
  table({
    schema: "ops",
    name,
    ...made("0004_events.sql", line),
    partitionOf: { parent: "ops.order_events", bound },
    columns: eventColumns,
    constraints: [eventsToOrders],
  });

const jobRuns = table({
  schema: "ops",
  name: "job_runs",
  persistence: "unlogged",
  ...made("0004_events.sql", 30),
  columns: [
    { name: "id", type: "uuid", default: "gen_random_uuid()" },
    { name: "job_name", type: "text" },
    { name: "finished_at", type: "timestamp with time zone", nullable: true },
    { name: "rows_count", type: "integer", nullable: true },
  ],
  constraints: [primaryKey("job_runs_pkey", ["id"])],
});

/** The tables of the small shop. */
export const shopTables: readonly Table[] = [
  customers,
  addresses,
  products,
  tags,
  productTags,
  orders,
  orderItems,
  orderEvents,
  partition("order_events_2025", "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')", 12),
  partition("order_events_default", "DEFAULT", 16),
  jobRuns,
];
