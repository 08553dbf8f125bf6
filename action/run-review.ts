import { reviewMigrations, type Review } from "#generators/review/review.ts";
import { reviewByRule } from "#generators/review/by-rule/review-by-rule.ts";
import type { ReadSteps } from "#schemas/dialects/read-steps.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { measureMigrations } from "#schemas/replay/measure-migrations.ts";
import { readBaseline } from "./read-baseline.ts";
import { replayOptions } from "./live-database.ts";
import { readQueries, readQueriesByRule, type Project, type ProjectDatabase } from "./project.ts";
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
  const { readSteps } = readerOf(database.settings.dialect);
  if (readSteps) return runByRule(project, database, readSteps(scope.base, scope.reviewed, engineVersionOf(database)));
  const measured = await measureMigrations(scope.base, scope.reviewed, replayOptions(project));
  const { base, head, files, engine } = measured;
  try {
    const { queries, problems } = await readQueries(project, database.settings, base);
    const statistics = await readStatistics(project, database);
    const baseline = await readBaseline(project);
    const review = await reviewMigrations({
      base,
      head,
      files,
      problems: [...problems, ...statistics.problems, ...baseline.problems, ...measured.problems],
      baseline: baseline.value,
      queries,
      engine,
      settings: { ...project.config.review, ...engineVersionOf(database) },
      ...(statistics.value ? { statistics: statistics.value } : {}),
    });
    return { review, base, head };
  } finally {
    await engine.close();
  }
}

function engineVersionOf({ settings }: ProjectDatabase): { readonly engineVersion?: string } {
  return settings.engineVersion === undefined ? {} : { engineVersion: settings.engineVersion };
}

/** A dialect that no embedded engine runs. */
async function runByRule(project: Project, database: ProjectDatabase, steps: ReadSteps): Promise<ReviewRun> {
  const { base, head } = steps;
  const { queries, problems } = await readQueriesByRule(project, database.settings, base);
  const statistics = await readStatistics(project, database);
  const baseline = await readBaseline(project);
  const review = reviewByRule({
    steps,
    queries,
    problems: [...problems, ...statistics.problems, ...baseline.problems],
    baseline: baseline.value,
    settings: { ...project.config.review, ...engineVersionOf(database) },
    ...(statistics.value ? { statistics: statistics.value } : {}),
  });
  return { review, base, head };
}
