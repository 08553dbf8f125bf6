import type { Problem } from "#schemas/problem.ts";
import type { Connection, Limits } from "./connection.ts";
import { explainQuery, type QueryPlan } from "./explain.ts";
import type { IndexQuestion } from "#generators/queries/index-suggestions.ts";
import type { Suggestion } from "#generators/queries/optimize.ts";
import type { RelationRows } from "#generators/queries/plan-warnings.ts";
import type { Outcome } from "./query-failure.ts";
import { runQuery, type QueryRequest, type QueryResult } from "./run-query.ts";

type Signal = { readonly signal?: AbortSignal | undefined };

/** A connection with the functions that the command line, the server and the site's build share. */
export interface QueryConnection extends Omit<Connection, "inTransaction"> {
  readonly limits: Limits;
  /** What went wrong while the database was built. */
  readonly problems: readonly Problem[];
  query(request: QueryRequest, options?: Signal): Promise<Outcome<QueryResult>>;
  explain(request: Pick<QueryRequest, "sql" | "params">, options?: Signal): Promise<Outcome<QueryPlan>>;
  /** Indexes that a query lacks, each tried in an engine of this connection; absent where none can be tried. */
  advise?(
    question: AdviceQuestion,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<readonly Suggestion[]>;
}

/** A query that has passed the guard, and the schema that it reads. */
export type AdviceQuestion = Omit<IndexQuestion, "engine">;

/** Puts the guard before a connection. `relationRows`: rows of production's relations, for the warnings of plans. */
export function toQueryConnection(
  connection: Connection,
  options: {
    readonly limits: Limits;
    readonly relationRows?: RelationRows | undefined;
    readonly problems?: readonly Problem[];
  },
): QueryConnection {
  const { limits, relationRows, problems = [] } = options;
  return {
    info: connection.info,
    limits,
    problems,
    isReady: () => connection.isReady(),
    query: (request, signal = {}) => runQuery(request, { connection, limits, ...signal }),
    explain: (request, signal = {}) => explainQuery(request, { connection, limits, relationRows, ...signal }),
    close: () => connection.close(),
  };
}
