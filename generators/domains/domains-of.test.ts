import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { databaseSchema } from "#schemas/config/database.ts";
import { indexModel } from "#schemas/model-index.ts";
import { foreignKey, model, primaryKey, table } from "#test/support/model-builder.ts";
import { arbitraryModel } from "#test/support/arbitrary-model.ts";
import { shopModel } from "#test/support/shop.ts";
import { domainsOf } from "./domains-of.ts";

type Given = Partial<z.input<typeof databaseSchema>>;

function domains(tables: Parameters<typeof model>[0]["tables"] & object, given: Given = {}) {
  const { domains: own } = databaseSchema.parse({ id: "shop", sources: [{ path: "migrations" }], ...given });
  return domainsOf(indexModel(model({ tables })), { queries: [], domains: own });
}

const id = { name: "id", type: "bigint", nullable: false };

/** Tables of one schema; `a > b` after a name says that it refers to b. */
function tablesOf(...specs: readonly string[]) {
  return specs.map((spec) => {
    const [name = "", ...parents] = spec.split(" > ");
    return table({
      schema: "public",
      name,
      columns: [id, ...parents.map((parent) => ({ name: `${parent}_id`, type: "bigint", nullable: true }))],
      constraints: [
        primaryKey(`${name}_pkey`, ["id"]),
        ...parents.map((parent) =>
          foreignKey(`${name}_${parent}`, [`${parent}_id`], { table: `public.${parent}`, columns: ["id"] }),
        ),
      ],
    });
  });
}

const warehouse = tablesOf("bins > warehouses", "movements > bins", "shipments > warehouses", "warehouses");
const order = tablesOf("order_lines > orders", "order_notes > orders", "orders > customers", "customers");
const chats = tablesOf("chat_files > chats", "chat_messages > chats", "chats");

const shown = (found: ReturnType<typeof domains>): readonly string[] =>
  found.map(
    ({ title, tables, by }) => `${title} (${by}): ${tables.map((one) => one.replace("public.", "")).join(" ")}`,
  );

test("tables of one schema are grouped by what ties them and named by what they share or turn on", () => {
  expect(shown(domains([...warehouse, ...order, ...chats, ...tablesOf("settings")]))).toEqual([
    "Chats (cluster): chat_files chat_messages chats",
    "Orders (cluster): customers order_lines order_notes orders",
    "Warehouses (cluster): bins movements shipments warehouses",
    "Other tables (rest): settings",
  ]);
});

test("a small database is read as a whole", () => expect(domains([...order])).toEqual([]));

test("schemas of a usual size are the chapters", () => {
  const found = domainsOf(indexModel(shopModel()), { queries: [], domains: [] });
  expect(found.map(({ title, by }) => `${title} ${by}`)).toEqual(
    ["Audit", "Catalog", "People", "Sales", "Stock", "Support"].map((title) => `${title} schema`),
  );
});

test("what people draw up comes first and the rest is grouped", () => {
  const given = {
    domains: [{ id: "people", title: "People", description: "Who buys.", tables: ["customers", "chat*"] }],
  };
  expect(shown(domains([...warehouse, ...order, ...chats], given))).toEqual([
    "Orders (cluster): order_lines order_notes orders",
    "People (configuration): chat_files chat_messages chats customers",
    "Warehouses (cluster): bins movements shipments warehouses",
  ]);
});

test("a table that everything refers to does not draw everything into one chapter", () => {
  const tenants = [...warehouse, ...order, ...chats].map(({ name }) => name);
  const owned = (all: readonly string[]) => all.map((spec) => `${spec} > tenants`);
  const found = domains([
    ...tablesOf(
      "tenants",
      ...owned(["bins > warehouses", "movements > bins", "shipments > warehouses", "warehouses"]),
      ...owned(["order_lines > orders", "order_notes > orders", "orders > customers", "customers"]),
      ...owned(["chat_files > chats", "chat_messages > chats", "chats"]),
    ),
  ]);
  expect(tenants.length).toBe(11);
  expect(found.length).toBeGreaterThanOrEqual(3);
});

test("every table is in exactly one chapter, ids are file-safe and unique, and it is the same again", () => {
  fc.assert(
    fc.property(arbitraryModel(), (one) => {
      const index = indexModel(one);
      const found = domainsOf(index, { queries: [], domains: [] });
      const tables = one.tables.filter((each) => !each.partitionOf).map((each) => each.id);
      const grouped = found.flatMap((domain) => domain.tables).sort();
      expect(grouped).toEqual(found.length === 0 ? [] : [...tables].sort());
      expect(new Set(found.map((domain) => domain.id)).size).toBe(found.length);
      for (const domain of found) expect(domain.id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(domainsOf(index, { queries: [], domains: [] })).toEqual(found);
    }),
    { numRuns: 30 },
  );
});
