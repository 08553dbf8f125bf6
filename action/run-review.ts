import { reviewMigrations, type Review } from "#generators/review/review.ts";
import { cannotRunProblem, dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { ProblemError, type Problem, type WithProblems } from "#schemas/problem.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { measureMigrations, type MeasuredMigrations } from "#schemas/replay/measure-migrations.ts";
import { collectQueries } from "./find-queries.ts";
import { replayOptions } from "./live-database.ts";
import { measureLone } from "./measure-lone.ts";
import type { Project, ProjectDatabase } from "./project.ts";
import type { ReviewScope } from "./review-files.ts";
import { readStatistics } from "./statistics.ts";

export interface ReviewRun {
  readonly review: Review;
  /** Before and after, for diagrams; absent when several groups were reviewed by themselves. */
  readonly models?: { readonly base: SchemaModel; readonly head: SchemaModel };
}

/**
 * Replays the base and the files under review, measured, and says what they do; groups that are
 * reviewed by themselves become one review. One engine is alive at a time.
 */
export async function runReview(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<ReviewRun> {
  const { dialect } = database.settings;
  if (!dialectFacts(dialect).canRun) {
    throw new ProblemError([{ ...cannotRunProblem(dialect, "Reviews of migrations"), severity: "error" }], 2);
  }
  const statistics = await readStatistics(project, database);
  const judge = (measured: MeasuredMigrations): Promise<ReviewRun> =>
    judged({ project, database, measured, statistics });
  if (scope.lone) {
    return together(
      await measureLone({ base: scope.base, groups: scope.lone, options: replayOptions(project) }, judge),
    );
  }
  const measured = await measureMigrations(scope.base, scope.reviewed, replayOptions(project));
  try {
    return await judge(measured);
  } finally {
    await measured.engine.close();
  }
}

/** One review of groups that know nothing of each other. */
function together(runs: readonly ReviewRun[]): ReviewRun {
  const [first, ...others] = runs;
  if (!first) throw new ProblemError([nothingToReview()], 2);
  if (others.length === 0) return first;
  const all = runs.map(({ review }) => review);
  const once = new Map(all.flatMap(({ problems }) => problems.map((problem) => [JSON.stringify(problem), problem])));
  return {
    review: {
      files: all.flatMap(({ files }) => files),
      findings: all.flatMap(({ findings }) => findings),
      problems: [...once.values()],
      changes: all.flatMap(({ changes }) => changes),
      statements: all.flatMap(({ statements }) => statements),
      ignored: all.flatMap(({ ignored }) => ignored),
      measured: {
        ...first.review.measured,
        statements: all.map(({ measured }) => measured.statements).reduce((sum, count) => sum + count, 0),
      },
    },
  };
}

function nothingToReview(): Problem {
  return { code: "QG113", severity: "error", message: "there is no file to review", help: "Name files or globs." };
}

interface JudgeInput {
  readonly project: Project;
  readonly database: ProjectDatabase;
  readonly measured: MeasuredMigrations;
  readonly statistics: WithProblems<Statistics | null>;
}

async function judged({ project, database, measured, statistics }: JudgeInput): Promise<ReviewRun> {
  const { base, head, files, engine } = measured;
  const { value: queries, problems } = await collectQueries(project, database, base);
  const { engineVersion } = database.settings;
  const all: readonly Problem[] = [...problems, ...statistics.problems, ...measured.problems];
  const review = await reviewMigrations({
    base,
    head,
    files,
    problems: all,
    queries,
    engine,
    settings: { ...project.config.review, ...(engineVersion === undefined ? {} : { engineVersion }) },
    ...(statistics.value ? { statistics: statistics.value } : {}),
  });
  return { review, models: { base, head } };
}
