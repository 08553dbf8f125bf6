import { isImplied, phraseChange, summarizeChanges } from "#schemas/diff/describe-change.ts";
import type { ReviewView } from "#schemas/json/action-report.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Review } from "../review.ts";
import type { ReviewedStatement } from "../statement.ts";
import { heldLocks } from "./words.ts";

/** A review as the plain data it is shown from: here, or later by somebody who only has its JSON. */
export function reviewView(review: Review): ReviewView {
  const { files, statements, findings, problems, changes, measured, judgedQueries } = review;
  const { engine, forVersion, sizesOf, isByRule } = measured;
  const bySpan = Map.groupBy(findings, ({ span }) => span);
  return {
    files: files.map(({ file }) => file.path),
    statements: statements.map((one) => {
      const { file, statement, measurement } = one;
      const { line, column } = statement.span;
      return {
        file: file.path,
        line,
        column,
        sql: statement.text,
        ...(measurement ? { measurement } : {}),
        held: heldLocks(one, bySpan.get(statement.span) ?? []),
        isNotable: isNotable(one),
      };
    }),
    findings,
    problems: problems.map(shownProblem),
    judgedQueries,
    queries: review.queries.map(({ origin, sql, written = sql }) => ({
      file: origin.file,
      line: origin.line,
      lastLine: origin.line + written.split("\n").length - 1,
      sql: written,
    })),
    changes: changes.filter((change) => !isImplied(change)).map((change) => phraseChange(change)),
    summary: summarizeChanges(changes),
    ...(review.words === undefined ? {} : { words: review.words }),
    measured: {
      engine: { name: engine.name, version: engine.version },
      ...(forVersion === undefined ? {} : { forVersion }),
      ...(sizesOf === undefined ? {} : { sizesOf }),
      ...(isByRule === undefined ? {} : { isByRule }),
    },
  };
}

/** What of a problem is for readers. */
export function shownProblem({ code, severity, message, help, origin, sqlstate }: Problem): Problem {
  return {
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(origin === undefined ? {} : { origin: { file: origin.file, line: origin.line, column: origin.column } }),
    ...(sqlstate === undefined ? {} : { sqlstate }),
  };
}

/** A statement that is fine is worth telling where readers would expect the opposite. */
const isNotable = ({ acts }: ReviewedStatement): boolean =>
  acts.some(({ kind }) => kind === "change type" || kind === "add column" || kind === "add constraint");
