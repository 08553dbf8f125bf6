import { reviewMigrations, type Review } from "#generators/review/review.ts";
import { cannotRunProblem, dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { measureMigrations } from "#schemas/replay/measure-migrations.ts";
import { readBaseline } from "./read-baseline.ts";
import { replayOptions } from "./live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import type { ReviewScope } from "./review-files.ts";
import { readStatistics } from "./statistics.ts";

export interface ReviewRun {
  readonly review: Review;
  /** Models before and after, for diagrams. */
  readonly base: SchemaModel;
  readonly head: SchemaModel;
}

/** Replays the base and the files under review, measured, and says what they do. One engine is alive at a time. */
export async function runReview(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<ReviewRun> {
  const { dialect } = database.settings;
  if (!dialectFacts(dialect).canRun) {
    throw new ProblemError([{ ...cannotRunProblem(dialect, "Reviews of migrations"), severity: "error" }], 2);
  }
  const measured = await measureMigrations(scope.base, scope.reviewed, replayOptions(project));
  const { base, head, files, engine } = measured;
  try {
    const { queries, problems } = await readQueries(project, database.settings, base);
    const statistics = await readStatistics(project, database);
    const { engineVersion } = database.settings;
    const baseline = await readBaseline(project);
    const review = await reviewMigrations({
      base,
      head,
      files,
      problems: [...problems, ...statistics.problems, ...baseline.problems, ...measured.problems],
      baseline: baseline.value,
      queries,
      engine,
      settings: { ...project.config.review, ...(engineVersion === undefined ? {} : { engineVersion }) },
      ...(statistics.value ? { statistics: statistics.value } : {}),
    });
    return { review, base, head };
  } finally {
    await engine.close();
  }
}
