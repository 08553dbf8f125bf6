import { expect, test } from "vitest";
import { median, ratios } from "./statistics.ts";

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])("the middle of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("a ratio is formed within a run, and left out where the peer did not run", () => {
  expect(ratios([4, 9, 5], [2, 3])).toEqual([2, 3]);
});
