import type { Config } from "#schemas/config/schema.ts";
import type { ActionReport } from "#schemas/json/action-report.ts";

/** True when the check must be red: a finding at or over the threshold, or a database that could not be looked at. */
export function verdict({ databases }: ActionReport, failOn: Config["review"]["failOn"]): boolean {
  if (failOn === "never") return false;
  return databases.some(({ review, problems }) => {
    // A dialect that no embedded engine runs is no fault of the pull request.
    if (review === null) return problems.some(({ severity, code }) => severity === "error" && code !== "QG305");
    return review.findings.some(({ severity }) => severity === "error" || severity === failOn);
  });
}
