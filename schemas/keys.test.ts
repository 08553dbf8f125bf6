import { describe, expect, test } from "vitest";
import { buildModel } from "#test/support/build-model.ts";
import type { ModelDraft, TableDraft } from "#test/support/model-draft.ts";
import { cardinalitiesOf, isJunction, keysOf } from "./keys.ts";
import { indexModel } from "./model-index.ts";

const customers: TableDraft = { name: "people.customers", columns: [{ name: "id" }], primaryKey: ["id"] };

/** Every foreign key as `table: from → to`. */
function check(draft: ModelDraft, expected: readonly string[]): void {
  const told = cardinalitiesOf(indexModel(buildModel(draft))).map(
    ({ from, cardinality }) => `${from.name}: ${cardinality.from} → ${cardinality.to}`,
  );
  expect(told).toEqual(expected);
}

function orders(rest: Partial<TableDraft>, nullable = false): ModelDraft {
  const columns = [{ name: "id" }, { name: "customer_id", nullable }, { name: "shop_id", nullable: true }];
  const foreignKeys = [{ columns: ["customer_id"], to: "people.customers" }];
  return { tables: [customers, { name: "sales.orders", columns, primaryKey: ["id"], foreignKeys, ...rest }] };
}

describe("cardinality", () => {
  test("a required reference points at exactly one row", () => {
    check(orders({}), ["orders: zero or more → exactly one"]);
  });
  test("a reference that may be NULL points at one row or none", () => {
    check(orders({}, true), ["orders: zero or more → zero or one"]);
  });
  test("a unique reference is used once at most", () => {
    check(orders({ uniques: [{ columns: ["customer_id"] }] }), ["orders: zero or one → exactly one"]);
    check(orders({ primaryKey: ["customer_id"] }), ["orders: zero or one → exactly one"]);
    check(orders({ indexes: [{ name: "one_each", columns: ["customer_id"], unique: true }] }), [
      "orders: zero or one → exactly one",
    ]);
  });
  test("a key over more columns, or over some rows, does not make it unique", () => {
    check(orders({ uniques: [{ columns: ["customer_id", "id"] }] }), ["orders: zero or more → exactly one"]);
    const partial = { name: "one_open", columns: ["customer_id"], unique: true, predicate: "shop_id IS NULL" };
    check(orders({ indexes: [partial] }), ["orders: zero or more → exactly one"]);
  });
  test("one NULL of several frees a reference, unless all or none must be given", () => {
    const shops = { name: "sales.shops", columns: [{ name: "id" }, { name: "customer_id" }], primaryKey: ["id"] };
    const both = { columns: ["customer_id", "shop_id"], to: "sales.shops", toColumns: ["customer_id", "id"] };
    const withShops = (match: "simple" | "full"): ModelDraft => {
      const { tables = [] } = orders({ foreignKeys: [{ ...both, match }] });
      return { tables: [...tables, shops] };
    };
    check(withShops("simple"), ["orders: zero or more → zero or one"]);
    check(withShops("full"), ["orders: zero or more → exactly one"]);
  });
  test("a table that must name one of the rows that point at it has at least one", () => {
    const lines: TableDraft = {
      name: "sales.lines",
      columns: [{ name: "order_id" }, { name: "line_no" }],
      primaryKey: ["order_id", "line_no"],
      foreignKeys: [{ columns: ["order_id"], to: "sales.orders" }],
    };
    const first = { columns: ["id", "first_line"], to: "sales.lines", toColumns: ["order_id", "line_no"] };
    const head = (nullable: boolean): TableDraft => ({
      name: "sales.orders",
      columns: [{ name: "id" }, { name: "first_line", nullable }],
      primaryKey: ["id"],
      foreignKeys: [first],
    });
    check({ tables: [lines, head(false)] }, ["lines: one or more → exactly one", "orders: zero or one → exactly one"]);
    check({ tables: [lines, head(true)] }, ["lines: zero or more → exactly one", "orders: zero or one → zero or one"]);
  });
});

test("keys are the primary key, unique constraints and whole unique indexes, each once", () => {
  const { tables } = buildModel({
    tables: [
      {
        name: "people.customers",
        columns: [{ name: "id" }, { name: "email" }, { name: "code" }],
        primaryKey: ["id"],
        uniques: [{ columns: ["email"] }],
        indexes: [
          { name: "by_code", columns: ["code"], unique: true },
          { name: "recent", columns: ["id"] },
        ],
      },
    ],
  });
  expect(tables.flatMap(keysOf)).toEqual([
    { kind: "primary key", name: "customers_pkey", columns: ["id"] },
    { kind: "unique", name: "customers_email_key", columns: ["email"] },
    { kind: "unique index", name: "by_code", columns: ["code"] },
  ]);
});

describe("a junction", () => {
  const link: TableDraft = {
    name: "sales.product_tags",
    columns: [{ name: "product_id" }, { name: "tag_id" }],
    primaryKey: ["product_id", "tag_id"],
    foreignKeys: [
      { columns: ["product_id"], to: "sales.products" },
      { columns: ["tag_id"], to: "sales.tags" },
    ],
  };
  const payload = (name: string, rest: object = {}) => ({ ...link, columns: [...link.columns, { name, ...rest }] });
  const cases: readonly (readonly [string, TableDraft, boolean])[] = [
    ["links two tables by its key", link, true],
    [
      "may have an id of its own",
      { ...payload("id", { identity: true }), primaryKey: ["id"], uniques: [{ columns: ["product_id", "tag_id"] }] },
      true,
    ],
    ["may note when it was made", payload("added_at", { default: "now()" }), true],
    ["holds nothing one must say", payload("quantity"), false],
    ["has a key over both references", { ...link, primaryKey: ["product_id"] }, false],
    ["has two references", { ...link, foreignKeys: link.foreignKeys?.slice(0, 1) }, false],
  ];
  test.each(cases)("%s", (_name, draft, expected) => {
    expect(buildModel({ tables: [draft] }).tables.map(isJunction)).toEqual([expected]);
  });
});
