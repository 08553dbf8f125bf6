import { afterAll, beforeAll, expect, test } from "vitest";
import type { SchemaModel } from "../model.ts";
import { readReplayed } from "../replay/read-model.ts";
import { replay } from "../replay/replay.ts";
import type { Replay } from "../replay/replay.ts";
import { applyChanges } from "./apply-changes.ts";
import { describeChange, isImplied } from "./describe-change.ts";
import { diffModels } from "./diff-models.ts";

const shop = `
CREATE SCHEMA sales;
CREATE SCHEMA people;
CREATE TYPE sales.order_state AS ENUM ('open', 'paid', 'sent');
CREATE DOMAIN people.email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE people.customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email people.email NOT NULL UNIQUE,
  full_name varchar(50) NOT NULL
);
CREATE TABLE sales.orders (
  id bigserial PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES people.customers (id),
  state sales.order_state NOT NULL DEFAULT 'open',
  total numeric(10,2) NOT NULL CHECK (total >= 0),
  total_with_tax numeric GENERATED ALWAYS AS (total * 1.2) STORED,
  placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX open_orders_idx ON sales.orders (state, placed_at DESC) WHERE state = 'open';
CREATE VIEW sales.open_orders AS
  SELECT o.id, o.state, c.email, o.total FROM sales.orders o JOIN people.customers c ON c.id = o.customer_id
  WHERE o.state = 'open';
CREATE VIEW sales.totals AS SELECT state, sum(total) AS total FROM sales.orders GROUP BY state;
CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE FUNCTION sales.orders_in(wanted sales.order_state) RETURNS bigint LANGUAGE sql
  AS $$ SELECT count(*) FROM sales.orders WHERE state = wanted $$;
CREATE TRIGGER touch_order BEFORE UPDATE OF state ON sales.orders FOR EACH ROW
  WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION sales.touch();
ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON sales.orders USING (customer_id = 1 AND state <> 'sent');
CREATE TABLE sales.visits (at date NOT NULL, page text) PARTITION BY RANGE (at);
CREATE TABLE sales.visits_2026 PARTITION OF sales.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX visits_page ON sales.visits (page);
`;

let live: Replay;
let base: SchemaModel;

beforeAll(async () => {
  live = await replay([{ path: "shop.sql", text: shop, version: "1", transaction: "file" }]);
  base = (await readReplayed(live, 1)).model;
});
afterAll(() => live.engine.close());

/** The sentences a reader sees after some SQL, run in the engine and rolled back. The law must hold there too. */
async function check(sql: string, expected: readonly string[]): Promise<void> {
  await live.engine.exec("BEGIN");
  const head = await afterwards(sql).finally(() => live.engine.exec("ROLLBACK"));
  const changes = diffModels(base, head);
  expect(changes.filter((change) => !isImplied(change)).map(describeChange)).toEqual(expected);
  expect(diffModels(applyChanges(base, changes), head)).toEqual([]);
}

async function afterwards(sql: string): Promise<SchemaModel> {
  await live.engine.exec(sql);
  return (await readReplayed(live, 1)).model;
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["nothing", "SELECT 1", []],
  [
    "a renamed table",
    "ALTER TABLE sales.orders RENAME TO purchases",
    ["table `sales.orders` renamed to `sales.purchases` (93 % sure)"],
  ],
  [
    "a renamed column",
    "ALTER TABLE sales.orders RENAME state TO status",
    ["column `sales.orders.state` renamed to `status` (88 % sure)"],
  ],
  [
    "a renamed table and column",
    "ALTER TABLE sales.orders RENAME TO purchases; ALTER TABLE sales.purchases RENAME state TO status",
    [
      "table `sales.orders` renamed to `sales.purchases` (77 % sure)",
      "column `sales.orders.state` renamed to `status` (88 % sure)",
    ],
  ],
  [
    "a renamed type",
    "ALTER TYPE sales.order_state RENAME TO order_status",
    ["enum `sales.order_state` renamed to `sales.order_status` (91 % sure)"],
  ],
  [
    "a renamed label",
    "ALTER TYPE sales.order_state RENAME VALUE 'open' TO 'new'",
    [
      "enum `sales.order_state` label `open` renamed to `new`",
      "column `sales.orders.state` default changed from `'open'::sales.order_state` to `'new'::sales.order_state`",
      "index `sales.orders.open_orders_idx` predicate changed from `(state = 'open'::sales.order_state)` to `(state = 'new'::sales.order_state)`",
      "view `sales.open_orders` definition changed",
    ],
  ],
  [
    "a renamed domain",
    "ALTER DOMAIN people.email RENAME TO mail_address",
    ["domain `people.email` renamed to `people.mail_address` (80 % sure)"],
  ],
  ["a renamed schema", "ALTER SCHEMA sales RENAME TO shop", ["schema `sales` renamed to `shop` (95 % sure)"]],
  [
    "a moved table",
    "ALTER TABLE sales.orders SET SCHEMA people",
    ["table `sales.orders` moved to `people.orders` (95 % sure)"],
  ],
  [
    "a renamed function",
    "ALTER FUNCTION sales.touch() RENAME TO note_change",
    ["function `sales.touch()` renamed to `sales.note_change()` (90 % sure)"],
  ],
  [
    "a renamed index",
    "ALTER INDEX sales.open_orders_idx RENAME TO orders_open",
    ["index `sales.orders.open_orders_idx` renamed to `orders_open` (95 % sure)"],
  ],
  [
    "a renamed primary key",
    "ALTER TABLE sales.orders RENAME CONSTRAINT orders_pkey TO orders_key",
    ["primary key `sales.orders.orders_pkey` renamed to `orders_key` (95 % sure)"],
  ],
  [
    "a renamed trigger",
    "ALTER TRIGGER touch_order ON sales.orders RENAME TO note_order",
    ["trigger `sales.orders.touch_order` renamed to `note_order` (95 % sure)"],
  ],
  [
    "a renamed sequence",
    "ALTER SEQUENCE sales.orders_id_seq RENAME TO order_numbers",
    ["sequence `sales.orders_id_seq` renamed to `sales.order_numbers` (95 % sure)"],
  ],
  [
    "a renamed view",
    "ALTER VIEW sales.totals RENAME TO sums",
    ["view `sales.totals` renamed to `sales.sums` (90 % sure)"],
  ],
  [
    "a renamed view column",
    "ALTER VIEW sales.totals RENAME COLUMN total TO amount",
    [
      "column `sales.totals.amount` added, `numeric`",
      "view `sales.totals` definition changed",
      "column `sales.totals.total` dropped",
    ],
  ],
  [
    "a renamed partition",
    "ALTER TABLE sales.visits_2026 RENAME TO visits_last",
    ["partition `sales.visits_2026` renamed to `sales.visits_last` (79 % sure)"],
  ],
  [
    "a wider column",
    "ALTER TABLE people.customers ALTER full_name TYPE varchar(120)",
    ["column `people.customers.full_name` widened from `character varying(50)` to `character varying(120)`"],
  ],
  [
    "a column dropped and one added",
    "ALTER TABLE people.customers DROP full_name, ADD phone text",
    ["column `people.customers.phone` added, `text`", "column `people.customers.full_name` dropped"],
  ],
  [
    "a partition added",
    "CREATE TABLE sales.visits_2027 PARTITION OF sales.visits FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
    ["partition `sales.visits_2027` added with 2 columns"],
  ],
  [
    "a column of a partitioned table",
    "ALTER TABLE sales.visits ADD referrer text",
    ["column `sales.visits.referrer` added, `text`"],
  ],
  [
    "a unique constraint",
    "ALTER TABLE people.customers ADD UNIQUE (full_name)",
    ["unique constraint `people.customers.customers_full_name_key` added"],
  ],
  [
    "a serial column",
    "ALTER TABLE people.customers ADD rank serial",
    ["column `people.customers.rank` added, `integer`, required"],
  ],
];
test.each(cases)("%s", async (_name, sql, expected) => {
  await check(sql, expected);
});
