import { expect, test } from "vitest";
import { countsLine } from "./print-test-counts.ts";

const report = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] };

test.each([
  ["counts what passed and what was left out", report, "7 passed, 0 failed, 3 skipped"],
  [
    "counts failed tests",
    { ...report, numFailedTests: 1, testResults: [{ status: "failed", assertionResults: [{ status: "failed" }] }] },
    "7 passed, 1 failed, 3 skipped",
  ],
  [
    "counts a file that could not be loaded",
    { ...report, testResults: [{ status: "failed", assertionResults: [] }] },
    "7 passed, 1 failed, 3 skipped",
  ],
])("%s", (_, input, expected) => {
  expect(countsLine([input])).toBe(expected);
});

test("adds up the runs", () => {
  expect(countsLine([report, { ...report, numFailedTests: 1 }])).toBe("14 passed, 1 failed, 6 skipped");
});

test("refuses what is no report", () => {
  expect(() => countsLine([report, {}])).toThrow("numPassedTests");
});
