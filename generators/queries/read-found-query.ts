import type { QueryReader } from "#schemas/languages/sql/query-reader.ts";
import { resolveQuery } from "#schemas/languages/sql/resolve-query.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SourceRef } from "#schemas/source.ts";
import type { FoundQuery, ReviewedQuery } from "../review/query.ts";

/** What is known of a query without an engine; a problem when it does not parse, null when it is no query. */
export function readFoundQuery(
  found: FoundQuery,
  reader: QueryReader,
  index: ModelIndex,
): ReviewedQuery | Problem | null {
  const outcome = reader.read(found.sql);
  if (outcome.kind === "none") return null;
  if (outcome.kind === "failure") {
    return {
      code: "QG750",
      severity: "warning",
      message: `This query does not parse: ${outcome.message}`,
      help: "It is left out of the review. Correct it, or leave its file out with `queries`.",
      origin: placeInQuery(found, outcome.at ?? 0),
    };
  }
  const { tree, syntax } = outcome;
  const resolved = resolveQuery(tree, {
    index,
    searchPath: reader.searchPath(index.model),
    fold: reader.fold,
  });
  return { ...found, tree, resolved, ...(syntax ? { syntax } : {}) };
}

export const isReviewedQuery = (value: ReviewedQuery | Problem | null): value is ReviewedQuery =>
  value !== null && "tree" in value;

/** The place of a part of a query in its file. Where the text was changed on the way, the line alone is true. */
export function placeInQuery({ origin, sql, written }: FoundQuery, at: number): SourceRef {
  const before = sql.slice(0, at);
  const lines = before.split("\n");
  const line = origin.line + lines.length - 1;
  const inLine = lines.at(-1)?.length ?? 0;
  if (written !== undefined && written !== sql)
    return { file: origin.file, line, column: lines.length > 1 ? 1 : origin.column };
  return { file: origin.file, line, column: lines.length > 1 ? inLine + 1 : origin.column + inLine };
}
