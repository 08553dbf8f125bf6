import { shopModel, shopQueries } from "#test/support/shop-model.ts";
import type { SiteData, SiteQuery, SiteRows } from "#generators/site-data/contract.ts";

/** The small shop with everything a site shows: answers, plans, sample rows, a finding, a problem, hostile text. */
export function shopSiteData(queryUrl: string | null = "/api"): SiteData {
  return {
    info: {
      version: 1,
      name: "Shop",
      description:
        "The database of a small shop: who buys, what is sold, and what happens to each order. Sales hold customers, " +
        "products and orders; operations hold the events of every order. Money is kept in euros.",
      queryUrl,
      sourceUrl: "https://git.example.org/shop/blob/main/{file}#L{line}",
      problems: [
        {
          code: "QG204",
          severity: "warning",
          message: 'The extension "postgis" is not in the embedded engine.',
          help: "Two columns are kept as text.",
          origin: { file: "migrations/0012_geo.sql", line: 3, column: 1 },
          objectId: "sales.addresses",
        },
      ],
      findings: [
        {
          rule: "set-not-null",
          severity: "error",
          span: { file: "migrations/0027_order_status.sql", line: 4, column: 1, endLine: 4, endColumn: 60 },
          message: "SET NOT NULL scans sales.orders while nothing can read or write it.",
          help: "Add a CHECK that is NOT VALID, validate it, then set NOT NULL.",
          objects: ["sales.orders"],
          evidence: "measured",
          fingerprint: "a1",
        },
      ],
    },
    model: shopModel,
    descriptions: {
      "sales.orders": { text: "What a customer bought, when, and how far it has come.", source: "person" },
      "sales.order_items": { text: "One line of an order: a product, how many, at which price.", source: "ai" },
      "sales.products": { text: "A product row has a sku, a title and a unit price.", source: "generated" },
      "sales.orders.placed_at": { text: "When the customer pressed “buy”.", source: "person" },
      "sales.tags": { text: HOSTILE, source: "comment" },
    },
    queries: shopSiteQueries,
    samples: {
      "sales.orders": orders,
      "sales.customers": customers,
      "sales.tags": rows(["code", "label"], [["new", HOSTILE]]),
    },
    fixturesSql: "insert into sales.tags values ('new', 'New');\n",
    diagrams: [
      { kind: "table", id: "sales.orders", svg: diagram("sales.orders") },
      { kind: "schema", id: "sales", svg: diagram("sales") },
    ],
  };
}

/** Text that would run as a script, were it ever put into a page as markup. */
export const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

function rows(columns: readonly string[], values: readonly (readonly unknown[])[]): SiteRows {
  return { columns: columns.map((name) => ({ name })), rows: values, rowCount: values.length, truncated: false };
}

const orders: SiteRows = {
  ...rows(
    ["id", "customer_id", "billing_address_id", "status", "placed_at", "updated_at"],
    Array.from({ length: 6 }, (_, at) => [
      String(1001 + at),
      at + 1,
      at % 2 === 0 ? at + 10 : null,
      ["new", "paid", "shipped"][at % 3],
      `2026-0${at + 1}-1${at} 09:3${at}:00+00`,
      null,
    ]),
  ),
  rowCount: 20,
};

const customers = rows(
  ["id", "email", "full_name", "default_address_id", "is_active", "created_at"],
  [
    [1, "ada@example.org", "Ada Brandt", 4, true, "2025-11-02 08:00:00+00"],
    [2, "jorge@example.org", "Jorge Lima", null, true, "2025-12-24 17:41:00+00"],
    [3, "mei@example.org", "Mei Tanaka", 7, false, "2026-01-15 12:05:00+00"],
  ],
);

function saved(id: string, title: string, question: string, uses: readonly string[], result: SiteRows): SiteQuery {
  const sql = `select ${result.columns.map(({ name }) => name).join(", ")}\nfrom ${uses[0]}\norder by 1`;
  return {
    id,
    path: `queries/${id}.sql`,
    title,
    question,
    sql,
    origin: { file: `queries/${id}.sql`, line: 3, column: 1 },
    uses,
    result,
  };
}

const plan = {
  tree: [
    {
      Plan: {
        "Node Type": "Aggregate",
        "Total Cost": 42.5,
        "Plan Rows": 4,
        Plans: [
          {
            "Node Type": "Hash Join",
            "Total Cost": 40,
            "Plan Rows": 60,
            "Hash Cond": "(i.product_id = p.id)",
            Plans: [
              { "Node Type": "Seq Scan", "Relation Name": "order_items", "Total Cost": 21, "Plan Rows": 60 },
              { "Node Type": "Seq Scan", "Relation Name": "products", "Total Cost": 12, "Plan Rows": 20 },
            ],
          },
        ],
      },
    },
  ],
  text: "Aggregate  (cost=41.00..42.50 rows=4)\n  ->  Hash Join  (cost=12.00..40.00 rows=60)",
  warnings: [],
};

const shopSiteQueries: readonly SiteQuery[] = [
  ...shopQueries.map((query): SiteQuery => {
    const bestSellers = rows(
      ["title", "sum"],
      [
        ["Oak desk", 41],
        ["Reading lamp", 37],
        ["Desk chair", 22],
        ["Cork board", 9],
      ],
    );
    const lateOrders = rows(
      ["id", "customer_id"],
      [
        ["1001", 1],
        ["1004", 4],
      ],
    );
    return { ...query, plan, result: query.id === "best-sellers" ? bestSellers : lateOrders };
  }),
  saved(
    "customers-by-city",
    "Customers by city",
    "Where do our customers live?",
    ["sales.addresses"],
    rows(
      ["city", "customers"],
      [
        ["Lisbon", 12],
        ["Porto", 5],
      ],
    ),
  ),
  saved(
    "orders-by-status",
    "Orders by status",
    "How many orders are in each state?",
    ["sales.orders"],
    rows(
      ["status", "orders"],
      [
        ["new", 7],
        ["paid", 7],
        ["shipped", 6],
      ],
    ),
  ),
  saved(
    "revenue-by-day",
    "Revenue by day",
    "How much did we earn each day?",
    ["ops.daily_revenue"],
    rows(
      ["day", "revenue"],
      [
        ["2026-01-10", "1290.50"],
        ["2026-01-11", "860.00"],
      ],
    ),
  ),
  saved("tag-labels", "Labels in use", "Which labels do products carry?", ["sales.tags"], rows(["label"], [[HOSTILE]])),
];

function diagram(name: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 80" width="320" height="80" role="img" aria-label="${name}"><rect x="8" y="8" width="144" height="48" rx="6" fill="none" stroke="currentColor"/><text x="24" y="38" font-size="13" fill="currentColor">${name}</text></svg>\n`;
}
