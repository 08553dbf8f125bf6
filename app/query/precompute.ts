import type { QueryConnection } from "./query-connection.ts";
import type { QueryPlan } from "./explain.ts";
import type { QueryProblem } from "./query-failure.ts";
import type { QueryResult } from "./run-query.ts";

/** The answer of a saved query as the static site shows it. Equal for equal files, so it may be compared. */
export interface Precomputed {
  readonly result?: Omit<QueryResult, "elapsedMs">;
  readonly plan?: QueryPlan;
  /** Why there is no result, or no plan. A query that asks for values has a plan only. */
  readonly problem?: QueryProblem;
}

/** Answers saved queries one after the other, in their order, keyed by id. */
export async function precompute(
  queries: readonly { readonly id: string; readonly sql: string }[],
  connection: Pick<QueryConnection, "query" | "explain">,
): Promise<Readonly<Record<string, Precomputed>>> {
  const answers: [string, Precomputed][] = [];
  for (const { id, sql } of queries) {
    const plan = await connection.explain({ sql });
    if (!plan.ok) {
      answers.push([id, { problem: plan.problem }]);
      continue;
    }
    const answer = await connection.query({ sql });
    if (!answer.ok) {
      answers.push([id, { plan: plan.value, problem: answer.problem }]);
      continue;
    }
    const { elapsedMs: _elapsed, ...result } = answer.value;
    answers.push([id, { plan: plan.value, result }]);
  }
  return Object.fromEntries(answers);
}
