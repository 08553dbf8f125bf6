import type { Problem } from "./problem.ts";

/** More than this share of statements that build on missing objects means that the beginning is missing. */
const BASELINE_SHARE = 0.1;
const FEWEST_MISSING = 5;
const SHOWN = 3;

/**
 * One problem for a missing beginning, or for an extension that the engine lacks, in place of hundreds that all say
 * "does not exist". What follows a missing extension is put down to it: a table that needs its type takes all that
 * refer to the table along. `dump` is the command that makes such a beginning.
 */
export function missingBaseline(
  problems: readonly Problem[],
  statements: number,
  dump = "pg_dump --schema-only",
): readonly Problem[] {
  const missing = problems.filter((problem) => problem.missingObject === true);
  if (missing.length < FEWEST_MISSING || missing.length <= statements * BASELINE_SHARE) return problems;
  const [first] = missing;
  const earlier = problems.slice(0, first ? problems.indexOf(first) : 0);
  const count = `${missing.length} of ${statements} statements`;
  const cause = earlier.some(({ code }) => code === "QG204")
    ? ({
        code: "QG204",
        message: `${count} build on an extension that the embedded engine lacks, or on what needs it`,
        help: "Their objects are missing from the model.",
      } as const)
    : ({
        code: "QG205",
        message: `${count} build on objects that no file here creates: the history lacks its beginning`,
        help: `Add a dump of the schema it starts from as the first source (${dump}), or use the latest dump instead of the history.`,
      } as const);
  const summary: Problem = {
    ...cause,
    severity: "error",
    ...(first?.origin === undefined ? {} : { origin: first.origin }),
    makesIncomplete: true,
  };
  const shown = new Set(missing.slice(0, SHOWN));
  return [
    summary,
    ...problems.flatMap((problem) => {
      if (problem.missingObject !== true) return [problem];
      return shown.has(problem) ? [{ ...problem, severity: "info" as const }] : [];
    }),
  ];
}
