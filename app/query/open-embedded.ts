import { EngineError, type Progress } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { buildDatabase, type DatabaseContent } from "./build-database.ts";
import { defaultLimits, type Connection, type Limits } from "./connection.ts";
import { EmbeddedConnection } from "./embedded.ts";
import { explainQuery, type QueryPlan } from "./explain.ts";
import type { RelationRows } from "./plan-warnings.ts";
import type { Outcome } from "./query-failure.ts";
import { runQuery, type QueryRequest, type QueryResult } from "./run-query.ts";

type Signal = { readonly signal?: AbortSignal | undefined };

/** A connection with the functions that the command line, the server and the site's build share. */
export interface QueryConnection extends Connection {
  readonly limits: Limits;
  /** What went wrong while the database was built. */
  readonly problems: readonly Problem[];
  query(request: QueryRequest, options?: Signal): Promise<Outcome<QueryResult>>;
  explain(request: Pick<QueryRequest, "sql" | "params">, options?: Signal): Promise<Outcome<QueryPlan>>;
}

export interface EmbeddedOptions extends DatabaseContent {
  /** Folder for the built database; a second call with the same content starts in a second. */
  readonly cacheDir: string;
  readonly limits?: Partial<Limits>;
  /** Rows of production's relations, for the warnings of plans. Default: none. */
  readonly relationRows?: RelationRows;
  readonly progress?: Progress;
}

/**
 * The embedded database with the schema and the committed fixtures, started and ready. The caller closes it. Throws
 * `ProblemError` with exit code 3 when the engine cannot be started.
 */
export async function openEmbeddedConnection(options: EmbeddedOptions): Promise<QueryConnection> {
  const { files, fixturesSql, cacheDir, progress, relationRows } = options;
  const limits = { ...defaultLimits, ...options.limits };
  try {
    const database = await buildDatabase({ files, fixturesSql }, { cacheDir, progress });
    const what = fixturesSql.trim() === "" ? "without rows" : "with the committed fixtures";
    const info = { name: "embedded", label: `PostgreSQL, embedded, ${what}`, isDefault: true };
    const embedded = new EmbeddedConnection(info, database, limits);
    await embedded.start();
    return {
      info,
      limits,
      problems: database.problems,
      isReady: () => embedded.isReady(),
      inTransaction: (work, signal) => embedded.inTransaction(work, signal),
      query: (request, signal = {}) => runQuery(request, { connection: embedded, limits, ...signal }),
      explain: (request, signal = {}) =>
        explainQuery(request, { connection: embedded, limits, relationRows, ...signal }),
      close: () => embedded.close(),
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new ProblemError([{ code: "QG301", severity: "error", message: error.message }], 3, error);
  }
}
