import type { Problem } from "#schemas/problem.ts";
import type { AskOptions, Connection, Limits } from "./connection.ts";
import { explainQuery, type QueryPlan } from "./explain.ts";
import type { IndexQuestion } from "#generators/queries/index-suggestions.ts";
import type { Suggestion } from "#generators/queries/optimize.ts";
import type { RelationRows } from "#generators/queries/plan-warnings.ts";
import type { Outcome } from "./query-failure.ts";
import { isRepeatable } from "./repeatable.ts";
import { runQuery, type QueryRequest, type QueryResult } from "./run-query.ts";

/** A connection with the functions that the command line, the server and the site's build share. */
export interface QueryConnection extends Omit<Connection, "inTransaction"> {
  readonly limits: Limits;
  /** What went wrong while the database was built. */
  readonly problems: readonly Problem[];
  /** Changes with what answers, as far as it is known: another database, or other content of the embedded one. */
  readonly revision?: string | undefined;
  /** Whether a query gives the same rows again while the data stay the same; false where that cannot be told. */
  isRepeatable(request: Pick<QueryRequest, "sql" | "params">, options?: AskOptions): Promise<boolean>;
  query(request: QueryRequest, options?: AskOptions): Promise<Outcome<QueryResult>>;
  explain(request: Pick<QueryRequest, "sql" | "params">, options?: AskOptions): Promise<Outcome<QueryPlan>>;
  /** Indexes that a query lacks, each tried in an engine of this connection; absent where none can be tried. */
  advise?(question: AdviceQuestion, options?: AskOptions): Promise<readonly Suggestion[]>;
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
    /** See `QueryConnection`. Default: not known. */
    readonly revision?: string;
  },
): QueryConnection {
  const { limits, relationRows, problems = [], revision } = options;
  return {
    info: connection.info,
    limits,
    problems,
    revision,
    isRepeatable: (request, how = {}) => isRepeatable(request, { connection, ...how }),
    isReady: () => connection.isReady(),
    query: (request, how = {}) => runQuery(request, { connection, limits, ...how }),
    explain: (request, how = {}) => explainQuery(request, { connection, limits, relationRows, ...how }),
    close: () => connection.close(),
  };
}
