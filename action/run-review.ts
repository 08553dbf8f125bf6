import { reviewMigrations, type Review } from "#generators/review/review.ts";
import { readStatistics } from "./statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import { replayOptions } from "./live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import type { ReviewScope } from "./review-files.ts";

export interface ReviewRun {
  readonly review: Review;
  /** Models before and after, for diagrams. */
  readonly base: SchemaModel;
  readonly head: SchemaModel;
}

/** Replays the base and the files under review, measured, and says what they do. One engine is alive at a time. */
export async function runReview(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<ReviewRun> {
  const options = replayOptions(project);
  const reviewedPaths = new Set(scope.reviewed.map(({ path }) => path));
  const after = await replay([...scope.base, ...scope.reviewed], { ...options, measure: reviewedPaths });
  const head = await readReplayed(after, scope.base.length + scope.reviewed.length).finally(() => after.engine.close());
  const before = await replay(scope.base, options);
  try {
    const base = await readReplayed(before, scope.base.length);
    const { queries, problems } = await readQueries(project, database.settings, base.model);
    const { config } = project;
    const statistics = await readStatistics(project, database);
    const review = await reviewMigrations({
      base: base.model,
      head: head.model,
      files: scope.reviewed.map((file) => ({
        file,
        statements: after.statements.filter(({ statement }) => statement.span.file === file.path),
      })),
      problems: [
        ...problems,
        ...statistics.problems,
        ...after.problems.filter(({ origin }) => origin !== undefined && reviewedPaths.has(origin.file)),
      ],
      queries,
      engine: before.engine,
      settings: {
        ...config.review,
        ...(database.settings.engineVersion === undefined ? {} : { engineVersion: database.settings.engineVersion }),
      },
      ...(statistics.value ? { statistics: statistics.value } : {}),
    });
    return { review, base: base.model, head: head.model };
  } finally {
    await before.engine.close();
  }
}
