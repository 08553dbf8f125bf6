import type { SchemaModel } from "#schemas/model.ts";
import type { SavedQuery } from "#generators/generator.ts";
import { index, model, type, view } from "./model-builder.ts";
import { made, orderStatus, shopTables } from "./shop-tables.ts";

const orderTotals = view({
  schema: "sales",
  name: "order_totals",
  comment: "One line an order with its total.",
  ...made("0006_views.sql", 1),
  columns: [
    { name: "order_id", type: "bigint" },
    { name: "status", type: orderStatus },
    { name: "total", type: "numeric" },
  ],
  definition:
    " SELECT o.id AS order_id,\n    o.status,\n    sum((i.qty)::numeric * i.unit_price) AS total\n   FROM sales.orders o\n     JOIN sales.order_items i ON i.order_id = o.id\n  GROUP BY o.id, o.status;",
  dependsOn: ["sales.order_items", "sales.orders"],
});

const dailyRevenue = view({
  schema: "ops",
  name: "daily_revenue",
  materialized: true,
  ...made("0006_views.sql", 12),
  columns: [
    { name: "day", type: "date" },
    { name: "revenue", type: "numeric" },
  ],
  definition: " SELECT CURRENT_DATE AS day,\n    sum(total) AS revenue\n   FROM sales.order_totals;",
  dependsOn: ["sales.order_totals"],
  indexes: [index("daily_revenue_day", [{ column: "day" }], { unique: true })("ops.daily_revenue")],
});

/** A small shop in two schemas with one of every kind the documentation shows. Hand-made, unlike examples/shop. */
export const shopModel: SchemaModel = model({
  enums: [
    {
      kind: "enum",
      id: "sales.order_status",
      name: "order_status",
      schema: "sales",
      labels: ["new", "paid", "shipped", "cancelled"],
      ...made("0003_orders.sql", 1),
    },
  ],
  domains: [
    {
      kind: "domain",
      id: "sales.email_address",
      name: "email_address",
      schema: "sales",
      base: type("text"),
      nullable: true,
      checks: [
        {
          name: "email_address_check",
          expression: "(VALUE ~~ '%_@_%'::text)",
          definition: "CHECK ((VALUE ~~ '%_@_%'::text))",
          validated: true,
        },
      ],
      ...made("0001_customers.sql", 4),
    },
  ],
  tables: shopTables,
  views: [orderTotals, dailyRevenue],
  routines: [
    {
      kind: "routine",
      id: "sales.order_total(bigint)",
      name: "order_total",
      schema: "sales",
      variant: "function",
      arguments: [{ name: "wanted_order", mode: "in", type: "bigint" }],
      returns: "numeric",
      language: "sql",
      volatility: "stable",
      strict: false,
      securityDefiner: false,
      comment: "The sum of an order's lines.",
      definition:
        "CREATE OR REPLACE FUNCTION sales.order_total(wanted_order bigint)\n RETURNS numeric\n LANGUAGE sql\n STABLE\nAS $function$\n  SELECT sum(qty * unit_price) FROM sales.order_items WHERE order_id = wanted_order\n$function$",
      body: "\n  SELECT sum(qty * unit_price) FROM sales.order_items WHERE order_id = wanted_order\n",
      ...made("0006_views.sql", 20),
    },
    {
      kind: "routine",
      id: "sales.touch_updated_at()",
      name: "touch_updated_at",
      schema: "sales",
      variant: "function",
      arguments: [],
      returns: "trigger",
      language: "plpgsql",
      volatility: "volatile",
      strict: false,
      securityDefiner: false,
      definition:
        "CREATE OR REPLACE FUNCTION sales.touch_updated_at()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$\nbegin\n  new.updated_at := now();\n  return new;\nend\n$function$",
      body: "\nbegin\n  new.updated_at := now();\n  return new;\nend\n",
      ...made("0003_orders.sql", 30),
    },
  ],
});

/** Saved queries of the small shop. */
export const shopQueries: readonly SavedQuery[] = [
  {
    id: "late-orders",
    path: "queries/late-orders.sql",
    title: "Late orders",
    question: "Which orders have waited for more than three days?",
    sql: "select id, customer_id from sales.orders where status = 'new' and placed_at < now() - interval '3 days'",
    origin: { file: "queries/late-orders.sql", line: 3, column: 1 },
    uses: ["sales.orders"],
  },
  {
    id: "best-sellers",
    path: "queries/best-sellers.sql",
    title: "Best sellers",
    sql: "select p.title, sum(i.qty) from sales.order_items i join sales.products p on p.id = i.product_id group by 1",
    origin: { file: "queries/best-sellers.sql", line: 2, column: 1 },
    uses: ["sales.order_items", "sales.products"],
  },
];
