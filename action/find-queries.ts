import { isReviewedQuery, readFoundQuery } from "#generators/queries/read-found-query.ts";
import type { FoundQuery, ReviewedQuery } from "#generators/review/query.ts";
import { queryReaderOf } from "#schemas/dialects/query-readers.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";

/** The queries of a repository, read against a model: saved ones. */
export async function findQueries(
  project: Project,
  { settings }: ProjectDatabase,
  model: SchemaModel,
): Promise<WithProblems<readonly ReviewedQuery[]>> {
  const reader = await queryReaderOf(model.dialect);
  if (!reader) return { value: [], problems: [] };
  const saved = await readQueries(project, settings, model);
  const problems: Problem[] = [...saved.problems];
  const found: readonly FoundQuery[] = saved.queries.map(({ id, title, sql, origin }) => ({
    source: { kind: "saved", id, title },
    origin,
    sql,
  }));
  const index = indexModel(model);
  const read = found.map((query) => readFoundQuery(query, reader, index));
  problems.push(...read.flatMap((query) => (query === null || isReviewedQuery(query) ? [] : [query])));
  return { value: read.filter((query) => isReviewedQuery(query)), problems };
}
