/** Prints the closing line of test runs from vitest's JSON: `N passed, N failed, N skipped`. Exits with 1 without one. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** The line for reports. A file that failed before its first test, or around its tests, counts as one failure. */
export function countsLine(reports: readonly unknown[]): string {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const report of reports) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = reportSchema.parse(report);
    const brokenFiles = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
    ).length;
    passed += numPassedTests;
    failed += numFailedTests + brokenFiles;
    skipped += numPendingTests + numTodoTests;
  }
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (import.meta.main) {
  const line = countsLine(process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8"))));
  console.log(line);
  // A run without a test proves nothing.
  process.exitCode = line.includes(" 0 failed,") && !line.startsWith("0 passed") ? 0 : 1;
}
