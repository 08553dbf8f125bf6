import { expect, test } from "vitest";
import type { z } from "zod";
import { databaseSchema } from "#schemas/config/database.ts";
import { cardinalitiesOf } from "#schemas/keys.ts";
import { indexModel } from "#schemas/model-index.ts";
import { model, primaryKey, table, foreignKey } from "#test/support/model-builder.ts";
import { documentedModel } from "./documented-model.ts";

const id = { name: "id", type: "bigint", nullable: false };
const key = primaryKey("id_key", ["id"]);

/** A shop that declares one foreign key only. */
const shop = model({
  tables: [
    table({ schema: "public", name: "customers", columns: [id], constraints: [key] }),
    table({
      schema: "public",
      name: "orders",
      columns: [
        id,
        { name: "customer_id", type: "bigint", nullable: false },
        { name: "cart_id", type: "bigint", nullable: true },
      ],
      constraints: [key, foreignKey("placed_by", ["customer_id"], { table: "public.customers", columns: ["id"] })],
    }),
    table({
      schema: "public",
      name: "carts",
      columns: [
        id,
        { name: "customer_id", type: "bigint", nullable: true },
        { name: "visitor", type: "bigint", nullable: true },
      ],
      constraints: [key],
    }),
    table({ schema: "audit", name: "events", columns: [id, { name: "order_id", type: "bigint", nullable: true }] }),
    table({ schema: "audit", name: "event_log", columns: [id] }),
  ],
});

function check(
  settings: Partial<z.input<typeof databaseSchema>>,
  expected: {
    readonly tables?: readonly string[];
    readonly references?: readonly string[];
    readonly problems?: readonly string[];
  },
): void {
  const database = databaseSchema.parse({ id: "shop", sources: [{ path: "migrations" }], ...settings });
  const { value, problems } = documentedModel(shop, database);
  const references = cardinalitiesOf(indexModel(value)).filter(({ to }) => to !== undefined);
  const found = {
    tables: value.tables.map((one) => one.id),
    references: references.map(
      ({ from, foreignKey: { columns, references: to, virtual = "enforced" }, cardinality }) =>
        `${from.id}.${columns.join()} → ${to.table}.${to.columns.join()} ${virtual}, ${cardinality.from} to ${cardinality.to}`,
    ),
    problems: problems.map(({ code, message }) => `${code} ${message}`),
  };
  expect(found).toEqual({ ...found, problems: [], ...expected });
}

const real = "public.orders.customer_id → public.customers.id enforced, zero or more to exactly one";

test("without settings it is the model itself", () => {
  const database = databaseSchema.parse({ id: "shop", sources: [{ path: "migrations" }] });
  expect(documentedModel(shop, database).value).toBe(shop);
});

test("a declared relation stands beside the foreign keys", () =>
  check(
    { relations: [{ table: "carts", columns: ["visitor"], parentTable: "customers", parentColumns: ["id"] }] },
    { references: ["public.carts.visitor → public.customers.id declared, zero or more to zero or one", real] },
  ));

test("cardinalities that people state win", () =>
  check(
    {
      relations: [
        {
          table: "public.carts",
          columns: ["visitor"],
          parentTable: "public.customers",
          parentColumns: ["id"],
          cardinality: "zero or one",
          parentCardinality: "exactly one",
        },
      ],
    },
    { references: ["public.carts.visitor → public.customers.id declared, zero or one to exactly one", real] },
  ));

test("a foreign key is restated with override only", () => {
  const relation = {
    table: "orders",
    columns: ["customer_id"],
    parentTable: "customers",
    parentColumns: ["id"],
    cardinality: "one or more" as const,
  };
  check({ relations: [relation] }, { references: [real] });
  check(
    { relations: [{ ...relation, override: true }] },
    { references: ["public.orders.customer_id → public.customers.id enforced, one or more to exactly one"] },
  );
});

test("names are read as references where no key says otherwise", () =>
  check(
    { detectRelations: { enabled: true } },
    {
      references: [
        "audit.events.order_id → public.orders.id detected, zero or more to zero or one",
        "public.carts.customer_id → public.customers.id detected, zero or more to zero or one",
        "public.orders.cart_id → public.carts.id detected, zero or more to zero or one",
        real,
      ],
    },
  ));

/** Tables named in the plural and in the singular, with keys named as each strategy reads them. */
const named = (() => {
  const column = (name: string) => ({ name, type: "bigint", nullable: true });
  const of = (name: string, ...columns: readonly string[]) =>
    table({ schema: "public", name, columns: columns.map(column) });
  return model({
    tables: [
      of("users", "id", "user_id"),
      of("user", "id", "user_id"),
      of("categories", "id"),
      of("statuses", "code"),
      of("logs", "user_id", "category_id", "id_user", "status_id", "ghost_id", "userid"),
    ],
  });
})();

test.each([
  ["default", ["logs.category_id → categories.id", "logs.user_id → users.id", "user.user_id → users.id"]],
  ["singularTableName", ["logs.user_id → user.id", "users.user_id → user.id"]],
  ["identical", ["logs.user_id → users.user_id", "user.user_id → users.user_id"]],
  ["identicalSingularTableName", ["logs.user_id → user.user_id", "users.user_id → user.user_id"]],
  ["invertedSingularTableName", ["logs.id_user → user.id"]],
] as const)("by %s, what tbls finds is found, and no table refers to itself", (strategy, expected) => {
  const database = databaseSchema.parse({
    id: "shop",
    sources: [{ path: "migrations" }],
    detectRelations: { enabled: true, strategy },
  });
  const found = documentedModel(named, database).value.tables.flatMap(({ name, constraints }) =>
    constraints.flatMap((one) =>
      one.kind === "foreign key"
        ? [
            `${name}.${one.columns.join()} → ${one.references.table.replace("public.", "")}.${one.references.columns.join()}`,
          ]
        : [],
    ),
  );
  expect(found.sort()).toEqual(expected);
});

test("a relation to what does not exist is reported", () =>
  check(
    { relations: [{ table: "carts", columns: ["guest"], parentTable: "customers", parentColumns: ["id"] }] },
    {
      references: [real],
      problems: [
        "QG404 The relation from carts to customers is not drawn because there is no column public.carts.guest",
      ],
    },
  ));

test("ignored objects are left out", () =>
  check({ ignore: ["audit.*"] }, { tables: ["public.carts", "public.customers", "public.orders"] }));

test("included objects are all there is", () => {
  check({ include: ["*order*"] }, { tables: ["public.orders"] });
  check(
    { include: ["returns"] },
    {
      tables: [],
      problems: ['QG404 "returns" under `include` matches nothing in the schema'],
    },
  );
});

test("the more specific of include and ignore wins, and ignore when both are alike", () => {
  check(
    { include: ["audit.events", "public.*"], ignore: ["audit.*"] },
    {
      tables: ["audit.events", "public.carts", "public.customers", "public.orders"],
    },
  );
  check({ include: ["audit.event*"], ignore: ["audit.event*"] }, { tables: [] });
});
