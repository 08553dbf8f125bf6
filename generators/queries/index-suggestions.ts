import { queryReaderOf } from "#schemas/dialects/query-readers.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { adviseIndexes, type IndexAdvice } from "./advise-indexes.ts";
import type { Suggestion } from "./optimize.ts";
import { PRESUMED_ROWS, planScale } from "./plan-scale.ts";
import { isReviewedQuery, readFoundQuery } from "./read-found-query.ts";
import { withScale } from "./with-scale.ts";

export interface IndexQuestion {
  /** Holds the schema of `model`, outside a transaction. It is left as it was. */
  readonly engine: EmbeddedEngine;
  readonly model: SchemaModel;
  /** A query that has passed the guard, with `$1` for parameters. */
  readonly sql: string;
  /** Production's sizes; without them every table is presumed to be large, which the suggestions say. */
  readonly statistics?: Statistics;
}

/** Indexes that would make a query cheaper, each made, planned with at production's size and rolled back. */
export async function indexSuggestions({
  engine,
  model,
  sql,
  statistics,
}: IndexQuestion): Promise<readonly Suggestion[]> {
  const reader = await queryReaderOf(model.dialect);
  const index = indexModel(model);
  const origin = { file: "query", line: 1, column: 1 };
  const read = reader && readFoundQuery({ source: { kind: "file" }, origin, sql }, reader, index);
  if (!read || !isReviewedQuery(read)) return [];
  const scale = planScale(index, statistics);
  const advice = await withScale(engine, scale, async (scaled) =>
    // Sizes that the planner does not take would make every index look needless.
    scaled.sizes === "density" ? [] : adviseIndexes({ scaled, scale, index, sql, resolved: read.resolved }),
  );
  return advice.map((one) => suggestion(one, statistics !== undefined));
}

function suggestion(
  { table, keys, sql, bytes, writes, redundant, costBefore, costAfter }: IndexAdvice,
  isKnown: boolean,
): Suggestion {
  const megabytes = `about ${Math.max(1, Math.round(bytes / 1_000_000)).toLocaleString("en")} MB`;
  const size = isKnown
    ? `${megabytes} at production's size`
    : `table sizes are unknown: presuming ${PRESUMED_ROWS.toLocaleString("en")} rows in each, ${megabytes}`;
  const instead = redundant.length > 0 ? ` It makes ${redundant.join(", ")} needless.` : "";
  const title = `An index on ${table} (${keys.join(", ")}): ${size}; ${writes}.${instead}`;
  return { kind: "index", title, sql, costBefore, costAfter };
}
