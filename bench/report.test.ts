import { expect, test } from "vitest";
import { isHeld, table } from "./report.ts";
import type { Row } from "./scenario.ts";

const history: Row = {
  name: "history",
  unit: "s",
  ours: [4, 6, 5],
  peer: [2, 2, 5],
  peerName: "PostgreSQL",
  target: { most: 2.2, of: "ratio" },
};

test("a row shows the middle run with its range, and whether its target is held", () => {
  expect(table([history]).split("\n")[2]).toBe(
    "| history  | 5.00 s (4.00–6.00) | 2.00 s (2.00–5.00) PostgreSQL | 2.00 × (1.00–3.00) | –           | ≤ 2.2 ×: held |",
  );
});

test.each([
  [{ ...history, target: { most: 1.9, of: "ratio" as const } }, false],
  [{ ...history, target: { most: 5, of: "ours" as const } }, true],
  [{ name: "history", unit: "s" as const, ours: [1] }, null],
])("a target is judged by the middle run", (row, expected) => {
  expect(isHeld(row)).toBe(expected);
});
