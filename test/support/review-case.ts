import { savedQuery } from "#generators/queries/saved-query.ts";
import type { FoundQuery } from "#generators/review/query.ts";
import type { RuleChoice } from "#generators/review/choose-rules.ts";
import { lintModel } from "#generators/review/lint-model.ts";
import { lintQueries } from "#generators/review/lint-queries.ts";
import type { Finding } from "#schemas/finding.ts";
import { readSavedQuery } from "#generators/queries/saved-query.ts";
import { reviewMigrations, type Review, type ReviewSettings } from "#generators/review/review.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { emptyEngine } from "#schemas/replay/empty-engine.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { statisticsOf } from "./statistics-of.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import type { PageBlock } from "./rule-page.ts";
import type { MigrationFile, SourceFile } from "#schemas/source.ts";

interface ReviewCase {
  /** The history before the files under review. */
  readonly history: readonly MigrationFile[];
  readonly files: readonly MigrationFile[];
  readonly queries?: readonly SourceFile[];
  readonly settings?: ReviewSettings;
  readonly statistics?: Statistics;
}

/** Reviews migrations on one engine that is used again and again; it is emptied first. */
export async function reviewOn(engine: EmbeddedEngine, input: ReviewCase): Promise<Review> {
  const { history, files, settings, statistics } = input;
  await emptyEngine(engine);
  const before = await replay(history, { on: engine });
  const { model: base } = await readReplayed(before, history.length);
  await engine.exec("reset all");
  const live = await replay(files, { on: engine, measure: new Set(files.map(({ path }) => path)) });
  const { model: head } = await readReplayed(live, files.length);
  await emptyEngine(engine);
  await replay(history, { on: engine });
  const parser = await loadParser();
  const queries: FoundQuery[] = (input.queries ?? []).flatMap((file) => {
    const { value } = readSavedQuery(file, base, parser);
    return value === null ? [] : [savedQuery(value)];
  });
  return reviewMigrations({
    base,
    head,
    files: files.map((file) => ({
      file,
      statements: live.statements.filter(({ statement }) => statement.span.file === file.path),
    })),
    problems: live.problems,
    queries,
    engine,
    ...(settings ? { settings } : {}),
    ...(statistics ? { statistics } : {}),
  });
}

/** What the schema rules say about the schema that some migrations make. */
export async function lintOn(
  engine: EmbeddedEngine,
  files: readonly MigrationFile[],
  choice: RuleChoice = {},
  known: Pick<PageBlock, "hasIdleIndexes" | "recorded"> = {},
): Promise<readonly Finding[]> {
  await emptyEngine(engine);
  const { model } = await readReplayed(await replay(files, { on: engine }), files.length);
  const statistics: Statistics = {
    ...statisticsOf(known.hasIdleIndexes ? model : { tables: [] }, { rows: 1000 }),
    ...(known.recorded === undefined ? {} : { routines: JSON.parse(known.recorded) }),
  };
  return lintModel(model, { ...choice, statistics });
}

interface QueryCase {
  /** Makes the schema. */
  readonly files: readonly MigrationFile[];
  readonly queries: readonly FoundQuery[];
  readonly choice?: RuleChoice;
  readonly statistics?: Statistics;
}

/** What the query rules say about queries on the schema that some migrations make. */
export async function lintQueryOn(engine: EmbeddedEngine, input: QueryCase): Promise<readonly Finding[]> {
  await emptyEngine(engine);
  const { model } = await readReplayed(await replay(input.files, { on: engine }), input.files.length);
  const statistics = input.statistics ? { statistics: input.statistics } : {};
  const { findings, problems } = await lintQueries(
    { model, engine, queries: input.queries, ...statistics },
    input.choice,
  );
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  return findings;
}
