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
    answers.push([id, { plan: plan.value, ...answerOf(await connection.query({ sql })) }]);
  }
  return Object.fromEntries(answers);
}

/** Only the rows of queries that nobody reads the plan of, keyed by id. */
export async function precomputeRows(
  queries: readonly { readonly id: string; readonly sql: string }[],
  connection: Pick<QueryConnection, "query">,
): Promise<Readonly<Record<string, Precomputed>>> {
  const answers: [string, Precomputed][] = [];
  for (const { id, sql } of queries) answers.push([id, answerOf(await connection.query({ sql }))]);
  return Object.fromEntries(answers);
}

function answerOf(answer: Awaited<ReturnType<QueryConnection["query"]>>): Precomputed {
  if (!answer.ok) return { problem: answer.problem };
  const { elapsedMs: _elapsed, ...result } = answer.value;
  return { result };
}
