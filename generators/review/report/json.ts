import { REPORT_VERSION, type ReviewReport } from "#schemas/json/report.ts";
import type { Review } from "../review.ts";
import { countSeverities } from "./words.ts";

interface JsonReportInput {
  readonly review: Review;
  /** Version of the program. */
  readonly toolVersion: string;
  /** Id of the database in the configuration. */
  readonly database: string;
  /** `review.changes` in their published form. */
  readonly changes: ReviewReport["changes"];
}

/** What `querygenie review --format json` prints. */
export function jsonReport({ review, toolVersion, database, changes }: JsonReportInput): ReviewReport {
  const { name, version } = review.measured.engine;
  return {
    version: REPORT_VERSION,
    tool: toolVersion,
    database,
    engine: { name, version },
    files: review.files.map(({ file, statements }) => ({ path: file.path, statements: statements.length })),
    statements: review.statements.map(({ statement, measurement }) => ({
      span: statement.span,
      sql: statement.text,
      ...(measurement ? { measurement } : {}),
    })),
    findings: [...review.findings],
    problems: [...review.problems],
    summary: countSeverities(review.findings),
    changes,
  };
}
