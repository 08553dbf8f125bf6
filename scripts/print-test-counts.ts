/** Prints the closing line of a test run from vitest's JSON: `N passed, N failed, N skipped`. Exits with 1 without one. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** The line for a report. A file that failed before its first test, or around its tests, counts as one failure. */
export function countsLine(report: unknown): string {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = reportSchema.parse(report);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  ).length;
  return `${numPassedTests} passed, ${numFailedTests + brokenFiles} failed, ${numPendingTests + numTodoTests} skipped`;
}

if (import.meta.main) {
  const [path = ".cache/test-results.json"] = process.argv.slice(2);
  const line = countsLine(JSON.parse(readFileSync(path, "utf8")));
  console.log(line);
  process.exitCode = line.includes(" 0 failed,") ? 0 : 1;
}
