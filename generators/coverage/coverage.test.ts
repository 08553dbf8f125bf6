import { expect, test } from "vitest";
import { coverageSchema } from "#schemas/json/coverage.ts";
import { shopModel } from "#test/support/shop.ts";
import { measureCoverage, share } from "./coverage.ts";

const none = { minimum: 0, counts: "any" } as const;

test("counts each object of the shop once, by who described it", () => {
  const model = shopModel();
  const result = measureCoverage(model, { database: "shop", descriptions: {}, coverage: none });
  expect(coverageSchema.parse(result)).toEqual(result);
  const partitions = model.tables.filter((table) => table.partitionOf).length;
  expect(result.tables).toHaveLength(model.tables.length - partitions + model.views.length);
  expect(result.total.person + result.total.offline).toBe(result.total.total);
  expect(result.kinds.find(({ kind }) => kind === "table")).toMatchObject({ offline: 0 });
});

test("a person's text in the configuration describes a column that has no comment", () => {
  const model = shopModel();
  const bare = model.tables
    .flatMap((table) => (table.partitionOf ? [] : table.columns))
    .find(({ comment }) => comment === undefined);
  if (!bare) throw new Error("every column of the sample has a comment");
  const before = measureCoverage(model, { database: "shop", descriptions: {}, coverage: none });
  const after = measureCoverage(model, {
    database: "shop",
    descriptions: { [bare.id]: "What it is." },
    coverage: none,
  });
  expect(after.total.person).toBe(before.total.person + 1);
});

test.each([
  [{ total: 4, person: 1, ai: 2, offline: 1 }, "person", 0.25],
  [{ total: 4, person: 1, ai: 2, offline: 1 }, "ai", 0.75],
  [{ total: 4, person: 1, ai: 2, offline: 1 }, "any", 1],
  [{ total: 0, person: 0, ai: 0, offline: 0 }, "person", 1],
] as const)("%j counted by %s is %d", (counts, which, expected) => {
  expect(share(counts, which)).toBe(expected);
});

test("the gate fails below the configured percentage", () => {
  const gate = (minimum: number) =>
    measureCoverage(shopModel(), { database: "shop", descriptions: {}, coverage: { minimum, counts: "person" } }).gate
      ?.passed;
  expect([gate(1), gate(100)]).toEqual([true, false]);
});
