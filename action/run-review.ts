import { brokenQueries } from "#generators/review/by-rule/broken-queries.ts";
import { withQueries } from "#generators/review/lint-queries.ts";
import { queriesOfFiles, reviewQueries } from "#generators/review/review-queries.ts";
import type { FoundQuery } from "#generators/review/query.ts";
import { reviewMigrations, type Review } from "#generators/review/review.ts";
import { reviewByRule } from "#generators/review/by-rule/review-by-rule.ts";
import type { ReadSteps } from "#schemas/dialects/read-steps.ts";
import type { DialectReader } from "#schemas/dialects/reader.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { ProblemError, type Problem, type WithProblems } from "#schemas/problem.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { measureMigrations, type MeasuredMigrations } from "#schemas/replay/measure-migrations.ts";
import { driftProblems, otherReadings } from "./drift.ts";
import { collectQueries, hasChangedQueries } from "./find-queries.ts";
import { replayOptions, sourceVariables } from "./live-database.ts";
import { measureLone } from "./measure-lone.ts";
import type { Project, ProjectDatabase } from "./project.ts";
import { readBaseline } from "./read-baseline.ts";
import type { ReviewScope } from "./review-files.ts";
import { readStatistics } from "./statistics.ts";

export interface ReviewRun {
  readonly review: Review;
  /** Before and after, for diagrams; absent when several groups were reviewed by themselves. */
  readonly models?: { readonly base: SchemaModel; readonly head: SchemaModel };
}

/** Whether there is something to review: a migration, or without one a query that is new or was changed. */
export async function hasWork(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<boolean> {
  if (scope.reviewed.length > 0) return true;
  return scope.before !== undefined && (await hasChangedQueries(project, database, scope.before));
}

/**
 * Replays the base and the files under review, measured, and says what they do; groups that are
 * reviewed by themselves become one review. One engine is alive at a time.
 */
export async function runReview(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<ReviewRun> {
  // One engine at a time: the others are read and closed before the review's own starts.
  const others = isWholeHistory(database, scope) ? await otherReadings(project, database) : [];
  const run = await reviewed(project, database, scope);
  const drift = run.models ? driftProblems(database, run.models.head, others) : [];
  return { ...run, review: { ...run.review, problems: [...run.review.problems, ...drift] } };
}

/** Whether what is under review and what is before it are all of the database: only then must a dump beside them agree. */
function isWholeHistory({ files }: ProjectDatabase, { base, reviewed: under, lone }: ReviewScope): boolean {
  if (lone || under.length === 0) return false;
  const known = new Set(files.map(({ path, version }) => JSON.stringify([path, version])));
  const own = [...base, ...under];
  return own.length === files.length && own.every(({ path, version }) => known.has(JSON.stringify([path, version])));
}

async function reviewed(project: Project, database: ProjectDatabase, scope: ReviewScope): Promise<ReviewRun> {
  const { readSteps } = readerOf(database.settings.dialect);
  if (readSteps) {
    return runByRule(project, database, readSteps(scope.base, scope.reviewed, readingOf(database)), scope);
  }
  const statistics = await readStatistics(project, database);
  const judge = (measured: MeasuredMigrations): Promise<ReviewRun> =>
    judged({ project, database, measured, statistics, before: scope.before });
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

/** What a reader by rule takes from the configuration. */
function readingOf(database: ProjectDatabase): Parameters<NonNullable<DialectReader["readSteps"]>>[2] {
  return { ...engineVersionOf(database), variables: sourceVariables(database.settings) };
}

function engineVersionOf({ settings }: ProjectDatabase): { readonly engineVersion?: string } {
  return settings.engineVersion === undefined ? {} : { engineVersion: settings.engineVersion };
}

/** A dialect that no embedded engine runs. */
async function runByRule(
  project: Project,
  database: ProjectDatabase,
  steps: ReadSteps,
  { before }: Pick<ReviewScope, "before">,
): Promise<ReviewRun> {
  const { base, head } = steps;
  const { value: found, saved, problems } = await collectQueries(project, database, base);
  const statistics = await readStatistics(project, database);
  const baseline = await readBaseline(project);
  const settings = { ...project.config.review, ...engineVersionOf(database) };
  const known = statistics.value ? { statistics: statistics.value } : {};
  const review = reviewByRule({
    steps,
    queries: saved,
    problems: [...problems, ...statistics.problems, ...baseline.problems],
    baseline: baseline.value,
    settings,
    ...known,
  });
  const broken = new Set(
    brokenQueries({ queries: saved, statements: review.statements, base, head }).map(({ query }) => query.origin.file),
  );
  const queries = found.filter(({ source, origin }) => source.kind !== "saved" || !broken.has(origin.file));
  const asked = await reviewQueries(
    {
      ...settings,
      ...known,
      ...(await changedQueries(project, queries, before)),
      model: head,
      queries,
      own: await queriesOfFiles(steps.files, head),
      files: steps.files.length,
      statements: review.statements,
      baseline: baseline.value,
    },
    settings,
  );
  return { review: withQueries(review, asked), models: { base, head } };
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
      queries: all.flatMap(({ queries }) => queries),
      judgedQueries: all.map(({ judgedQueries }) => judgedQueries).reduce((sum, count) => sum + count, 0),
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
  readonly before: ReviewScope["before"];
}

/** Tells the queries whose files are as they were before from those that are new or were changed. */
async function changedQueries(
  { listing }: Project,
  queries: readonly FoundQuery[],
  before: ReviewScope["before"],
): Promise<{ readonly isChanged?: (query: FoundQuery) => boolean }> {
  if (!before) return {};
  const changed = new Set<string>();
  for (const path of new Set(queries.map(({ origin }) => origin.file))) {
    const now = await listing.read(path);
    if (now.value?.text !== (await before(path))) changed.add(path);
  }
  return { isChanged: ({ origin }) => changed.has(origin.file) };
}

async function judged({ project, database, measured, statistics, before }: JudgeInput): Promise<ReviewRun> {
  const { base, head, files, engine } = measured;
  const { value: queries, problems } = await collectQueries(project, database, base);
  const baseline = await readBaseline(project);
  const all: readonly Problem[] = [...problems, ...statistics.problems, ...baseline.problems, ...measured.problems];
  const review = await reviewMigrations({
    base,
    head,
    files,
    problems: all,
    baseline: baseline.value,
    queries,
    ...(await changedQueries(project, queries, before)),
    engine,
    settings: { ...project.config.review, ...engineVersionOf(database) },
    ...(statistics.value ? { statistics: statistics.value } : {}),
  });
  return { review, models: { base, head } };
}
