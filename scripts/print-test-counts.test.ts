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
  expect(countsLine(input)).toBe(expected);
});
