import type { Statistics } from "#schemas/json/statistics.ts";
import type { NameProblem } from "#schemas/languages/sql/query-reader.ts";
import { offsetOfPosition } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import type { ReviewedQuery } from "../review/query.ts";
import { adviseIndexes } from "./advise-indexes.ts";
import { planQueries, preparePrefix, prepareQueries } from "./observe-queries.ts";
import { planScale } from "./plan-scale.ts";
import { planNodes, type QueryPlan } from "./query-plan.ts";
import { expressionsOf } from "../review/query-shape.ts";
import { readPlan } from "./read-plan.ts";
import { withScale } from "./with-scale.ts";

interface AskInput {
  /** Holds the schema of `index`, outside a transaction. Nothing of it is changed. */
  readonly engine: EmbeddedEngine;
  readonly index: ModelIndex;
  readonly statistics?: Statistics;
  /** How much to ask: names only, plans too, or also which indexes would help. */
  readonly depth: "names" | "plan" | "advice";
  /** Run those without parameters too, on the engine's own rows, and take back what they change. */
  readonly isRun?: boolean;
}

/** Queries for which indexes are tried, the first of the list: each takes some tens of milliseconds. */
const MOST_ADVISED = 100;
/** A plan that costs less has nothing to win. */
const LEAST_COST = 1000;

/** What the engine says of queries, with plans by production's sizes only: whether it knows their names, how it would run them, and what would help. */
export async function askEngine(
  queries: readonly ReviewedQuery[],
  { engine, index, statistics, depth, isRun = false }: AskInput,
): Promise<readonly ReviewedQuery[]> {
  const answers = await prepareQueries(
    engine,
    queries.map(({ sql }) => sql),
  );
  const known = queries.map((query, at): ReviewedQuery => {
    const failure = answers[at]?.failure;
    if (!failure) return { ...query, nameProblems: [] };
    const own = nameProblem(query, failure, at);
    return { ...query, failure, nameProblems: own ? [own] : [] };
  });
  const prepared = isRun ? await runQueries(known, engine, statistics) : known;
  if (depth === "names") return prepared;
  const scale = planScale(index, statistics);
  return withScale(engine, scale, async (scaled) => {
    // Sizes that the planner does not take would make every table small.
    if (scaled.sizes !== "statistics") return prepared;
    const plans = await planQueries(
      scaled,
      prepared.map(({ sql, failure }) => (failure ? null : sql)),
    );
    const found: ReviewedQuery[] = [];
    let advised = 0;
    for (const [at, query] of prepared.entries()) {
      const plan = plans[at];
      const isWorthIt = depth === "advice" && plan && advised < MOST_ADVISED && readsMuch(plan);
      if (isWorthIt) advised++;
      const { sql, resolved } = query;
      const advice = isWorthIt ? await adviseIndexes({ scaled, scale, index, sql, resolved, plan }) : undefined;
      found.push({ ...query, ...(plan ? { plan } : {}), ...(advice ? { advice } : {}) });
    }
    return found;
  });
}

/** Each query with what `EXPLAIN ANALYZE` says of it, under production's settings where they are known. */
async function runQueries(
  queries: readonly ReviewedQuery[],
  engine: EmbeddedEngine,
  statistics: Statistics | undefined,
): Promise<readonly ReviewedQuery[]> {
  const found: ReviewedQuery[] = [];
  for (const [name, value] of Object.entries(statistics?.planner ?? {})) {
    // A setting that this engine does not have says nothing about it.
    await engine.each([`select pg_catalog.set_config('${quoted(name)}', '${quoted(value)}', false)`]);
  }
  for (const query of queries) {
    const hasParameters = expressionsOf(query.tree).some(({ kind }) => kind === "parameter");
    if (query.failure || hasParameters || query.tree.kind === "other query") {
      found.push(query);
      continue;
    }
    const answers = await engine.each(["begin", `explain (analyze, format json, verbose) ${query.sql}`, "rollback"]);
    const text = answers[1]?.rows[0]?.[0];
    const run = typeof text === "string" ? readPlan(text, "none") : null;
    found.push(run ? { ...query, run } : query);
  }
  await engine.exec("reset all");
  return found;
}

const quoted = (text: string): string => text.replaceAll("'", "''");

/** A node that reads a table from end to end, or sorts: what an index may spare. */
const readsMuch = ({ root }: QueryPlan): boolean =>
  root.totalCost > LEAST_COST && planNodes(root).some(({ type }) => type === "Seq Scan" || type.endsWith("Sort"));

/** SQLSTATE of what is wrong with a name. */
const CODES: Readonly<Record<string, NameProblem["kind"]>> = {
  "42P01": "unknown table",
  "42703": "unknown column",
  "42702": "ambiguous column",
};

function nameProblem(query: ReviewedQuery, failure: EngineFault, place: number): NameProblem | null {
  const { sqlstate, message, hint, position } = failure;
  const kind = sqlstate === undefined ? undefined : CODES[sqlstate];
  if (kind === undefined) return null;
  const prefix = preparePrefix(place);
  const offset = position === undefined ? null : offsetOfPosition(prefix + query.sql, position);
  return {
    kind,
    message,
    ...(hint === undefined ? {} : { help: hint }),
    ...(offset === null ? {} : { at: Math.max(0, offset - prefix.length) }),
  };
}
