import { expect, it } from "vitest";
import { countWords, createSizes } from "./sizes.ts";

it.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1 k"],
  [86_400, "86.4 k"],
  [12_400_000, "12.4 M"],
  [148_200_000, "148 M"],
  [2_000_000_000, "2 G"],
])("writes %i as %s", (count, words) => {
  expect(countWords(count)).toBe(words);
});

it("says that a size is not known, and calls such a table neither large nor small", () => {
  const sizes = createSizes(undefined, 100_000);
  expect(sizes.words("sales.orders")).toBe("size unknown");
  expect([sizes.isLarge("sales.orders"), sizes.isSmall("sales.orders")]).toEqual([false, false]);
});

it("calls a table large from the limit on", () => {
  const relations = { "sales.orders": { rows: 100_000, bytes: 1 }, "sales.carts": { rows: 99_999, bytes: 1 } };
  const sizes = createSizes({ version: 1, connection: "production", takenAt: "2026-11-20", relations }, 100_000);
  expect([sizes.isLarge("sales.orders"), sizes.isSmall("sales.carts")]).toEqual([true, true]);
});
