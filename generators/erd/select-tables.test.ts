import { expect, test } from "vitest";
import { databaseSchema } from "#schemas/config/database.ts";
import { indexModel } from "#schemas/model-index.ts";
import { chaptersOf } from "#generators/domains/chapter.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { selectTables, type Selection } from "./select-tables.ts";

const index = indexModel(shopModel);
const database = databaseSchema.parse({
  id: "shop",
  sources: [{ path: "migrations" }],
  viewpoints: [{ id: "checkout", title: "Check out", tables: ["sales.orders", "sales.customers"] }],
});
const chapters = chaptersOf(index, { database, queries: [], isGrouped: false });

function check(
  selection: Partial<Selection>,
  expected: readonly string[],
  problems: readonly (readonly [message: string, help: string])[] = [],
): void {
  const found = selectTables(index, chapters, { tables: [], chapters: [], distance: 0, ...selection });
  expect(found.value).toEqual(expected);
  expect(found.problems.map(({ message, help }) => [message, help])).toEqual(problems);
}

const all = shopModel.tables.filter((one) => !one.partitionOf).map(({ id }) => id);

test("nothing asked for is everything, without partitions", () => check({}, all));
test("a table by its id", () => check({ tables: ["sales.tags"] }, ["sales.tags"]));
test("tables by a pattern", () =>
  check(
    { tables: ["ops.*"] },
    all.filter((id) => id.startsWith("ops.")),
  ));
test("a step along references takes in both directions", () =>
  check({ tables: ["sales.tags"], distance: 2 }, ["sales.product_tags", "sales.products", "sales.tags"]));
test("a viewpoint by id or title", () => {
  check({ chapters: ["checkout"] }, ["sales.customers", "sales.orders"]);
  check({ chapters: ["check OUT"] }, ["sales.customers", "sales.orders"]);
});
test("what is not there is told with what was meant", () =>
  check(
    { tables: ["sales.tag"], chapters: ["chekout"] },
    [],
    [
      ['there is no table "sales.tag"', "Did you mean sales.tags?"],
      ['there is no domain or viewpoint "chekout"', "Did you mean checkout?"],
    ],
  ));
