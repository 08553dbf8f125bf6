import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import type { PlanScale } from "./plan-scale.ts";
import type { QueryPlan } from "./query-plan.ts";
import { readPlan } from "./read-plan.ts";
import { withScale, type ScaledEngine } from "./with-scale.ts";

/** What the engine says of a query as its schema is. */
export interface QueryObservation {
  /** Set when it could not be prepared. */
  readonly failure?: EngineFault;
  /** Types of the result's columns; empty for a statement that returns none. */
  readonly resultTypes: readonly string[];
  /** Absent for what has no plan. */
  readonly plan?: QueryPlan;
}

/** Queries in one request. */
const MOST_AT_ONCE = 250;

/** Prepares queries and asks for their plans, in the order of the texts. Runs none of them; outside a transaction. */
export async function observeQueries(
  engine: EmbeddedEngine,
  queries: readonly string[],
  scale: PlanScale | null,
): Promise<readonly QueryObservation[]> {
  const prepared = await prepareQueries(engine, queries);
  if (!scale) return prepared;
  const plans = await withScale(engine, scale, (scaled) =>
    planQueries(
      scaled,
      queries.map((sql, at) => (prepared[at]?.failure ? null : sql)),
    ),
  );
  return prepared.map((query, at) => {
    const plan = plans[at];
    return plan ? { ...query, plan } : query;
  });
}

/** Whether each query can be prepared, and what it returns. */
export async function prepareQueries(
  engine: EmbeddedEngine,
  queries: readonly string[],
): Promise<readonly QueryObservation[]> {
  const found: QueryObservation[] = [];
  await engine.exec("reset all");
  for (let at = 0; at < queries.length; at += MOST_AT_ONCE) {
    const some = queries.slice(at, at + MOST_AT_ONCE);
    const answers = await engine.each(some.map((sql, index) => `${preparePrefix(at + index)}${sql}`));
    const types = new Map<string, readonly string[]>();
    const { rows } = await engine.query(
      "select name, pg_catalog.array_to_json(coalesce(result_types::text[], '{}'))::text as types from pg_catalog.pg_prepared_statements where name ~ '^_querygenie'",
    );
    for (const row of rows) {
      const parsed: unknown = JSON.parse(String(row["types"]));
      const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
      types.set(String(row["name"]), list.map(String));
    }
    await engine.exec("deallocate all");
    for (const [index, { error }] of answers.entries()) {
      const resultTypes = types.get(statementName(at + index)) ?? [];
      found.push(error ? { failure: error, resultTypes } : { resultTypes });
    }
  }
  return found;
}

/** The plans of queries; null for what has none. */
export async function planQueries(
  { engine, sizes }: ScaledEngine,
  queries: readonly (string | null)[],
): Promise<readonly (QueryPlan | null)[]> {
  const plans: (QueryPlan | null)[] = [];
  for (let at = 0; at < queries.length; at += MOST_AT_ONCE) {
    const some = queries.slice(at, at + MOST_AT_ONCE);
    // Parameters have no values here: the plan is the one that any value gets.
    const answers = await engine.each(
      some.map((sql) => (sql === null ? "select" : `explain (format json, verbose, generic_plan) ${sql}`)),
    );
    for (const { rows, error } of answers) {
      const text = rows[0]?.[0];
      plans.push(error || typeof text !== "string" ? null : readPlan(text, sizes));
    }
  }
  return plans;
}

const statementName = (index: number): string => `_querygenie_${index}`;

/** What is put before the query at this place of the list; the engine counts positions from its beginning. */
export const preparePrefix = (index: number): string => `prepare ${statementName(index)} as `;
