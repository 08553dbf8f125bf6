import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryModel } from "#test/support/arbitrary-model.ts";
import { buildModel } from "#test/support/build-model.ts";
import { indexModel } from "./model-index.ts";

const index = indexModel(
  buildModel({
    enums: [{ name: "sales.order_state", labels: ["open", "paid"] }],
    sequences: [{ name: "sales.orders_id_seq", ownedBy: "sales.orders.id" }],
    tables: [
      {
        name: "people.customers",
        columns: [{ name: "id" }, { name: "referred_by", nullable: true }],
        primaryKey: ["id"],
        foreignKeys: [{ columns: ["referred_by"], to: "people.customers" }],
      },
      {
        name: "sales.orders",
        columns: [{ name: "id" }, { name: "customer_id" }, { name: "state", type: "sales.order_state" }],
        primaryKey: ["id"],
        partitionKey: "RANGE (id)",
        foreignKeys: [
          { columns: ["customer_id"], to: "people.customers" },
          { columns: ["id"], to: "gone.table" },
        ],
        triggers: [{ name: "touch", calls: "sales.touch" }],
      },
      { name: "sales.orders_1", columns: [{ name: "id" }], partitionOf: { parent: "sales.orders", bound: "DEFAULT" } },
    ],
    views: [
      {
        name: "sales.open_orders",
        reads: ["sales.orders"],
        columns: [{ name: "state", type: "sales.order_state" }],
        definition: "SELECT state FROM sales.orders;",
      },
    ],
    routines: [{ name: "sales.touch", body: "begin return new; end" }],
  }),
);
const ids = (objects: readonly { readonly id: string }[]) => objects.map(({ id }) => id);

test("finds objects of equal ids apart by their kind", () => {
  expect(index.find("primary key", "sales.orders.orders_pkey")?.columns).toEqual(["id"]);
  expect(index.find("index", "sales.orders.orders_pkey")?.method).toBe("btree");
  expect(index.find("column", "sales.orders.orders_pkey")).toBeUndefined();
});
test("knows the table or view of what is nested", () => {
  const column = index.column("sales.open_orders.state");
  expect(column && index.parentOf(column)?.id).toBe("sales.open_orders");
  const view = index.relation("sales.open_orders");
  expect(view && index.columnOf(view, "state")).toBe(column);
});
test("follows foreign keys both ways, also to itself and to what is missing", () => {
  const told = (table: string, way: "referencesFrom" | "referencesTo") =>
    index[way](table).map(({ from, foreignKey, to }) => `${from.id}(${foreignKey.columns.join()}) → ${to?.id}`);
  const self = "people.customers(referred_by) → people.customers";
  expect(told("people.customers", "referencesTo")).toEqual([self, "sales.orders(customer_id) → people.customers"]);
  expect(told("sales.orders", "referencesFrom")).toEqual([
    "sales.orders(customer_id) → people.customers",
    "sales.orders(id) → undefined",
  ]);
  expect(told("sales.orders_1", "referencesFrom")).toEqual([]);
});
test("knows what uses a table, a type, a routine, a column", () => {
  expect(ids(index.partitionsOf("sales.orders"))).toEqual(["sales.orders_1"]);
  expect(ids(index.viewsReading("sales.orders"))).toEqual(["sales.open_orders"]);
  expect(ids(index.columnsOfType("sales.order_state").map(({ object }) => object))).toEqual([
    "sales.orders.state",
    "sales.open_orders.state",
  ]);
  expect(ids(index.triggersCalling("sales.touch()").map(({ object }) => object))).toEqual(["sales.orders.touch"]);
  expect(index.sequenceOf("sales.orders.id")?.id).toBe("sales.orders_id_seq");
});
test("gives the same index for the same model", () => {
  expect(indexModel(index.model)).toBe(index);
});
test("lists every object of any model once, a nested one after its parent", () => {
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      const every = indexModel(model);
      const seen = new Set<object>();
      for (const { object, parent } of every.objects) {
        expect(seen.has(object)).toBe(false);
        expect(parent === undefined || seen.has(parent)).toBe(true);
        expect(every.find(object.kind, object.id)).toBe(object);
        expect(every.parentOf(object)).toBe(parent);
        seen.add(object);
      }
      const printed = JSON.stringify(model).split('"kind":').length - 1;
      expect(every.objects.length).toBe(printed);
    }),
    { numRuns: 100 },
  );
});
