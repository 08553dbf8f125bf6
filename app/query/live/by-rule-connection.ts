import type { Cell } from "#generators/queries/cells.ts";
import { guardByRule } from "#generators/queries/guard-by-rule.ts";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";
import { nobody, type DatabaseCaller } from "../../sign-in/identity.ts";
import type { AskOptions, ConnectionInfo, Limits } from "../connection.ts";
import type { QueryConnection } from "../query-connection.ts";
import { toQueryProblem, type Outcome } from "../query-failure.ts";
import type { QueryRequest, QueryResult } from "../run-query.ts";
import { positionOf, QUERY_FILE } from "../sql-place.ts";
import { wrongCount } from "../wrong-count.ts";
import type { PooledSession, SessionPool } from "./session-pool.ts";

/** What a server answered to one statement. */
export interface LiveAnswer {
  readonly columns: QueryResult["columns"];
  readonly rows: readonly (readonly Cell[])[];
  readonly hasMore: boolean;
}

/** A session on a server whose SQL is guarded by rule. */
export interface RuleSession extends PooledSession {
  /** Whether it can be used for somebody. Default: for everybody. */
  readonly fits?: (caller: DatabaseCaller) => boolean;
  /**
   * Tells the server who asks and runs one statement in a transaction that is rolled back; `maxRows` 0 names its columns and runs nothing. Throws
   * `EngineError`; one with the code `timeout` or `crashed`, or an aborted `signal`, leaves it broken.
   */
  readonly read: (statement: {
    readonly sql: string;
    readonly params: readonly Cell[];
    readonly maxRows: number;
    readonly limits: Limits;
    readonly signal: AbortSignal | undefined;
    readonly caller: DatabaseCaller;
  }) => Promise<LiveAnswer>;
}

export interface RuleConnectionOptions {
  readonly info: ConnectionInfo;
  readonly limits: Limits;
  readonly grammar: Grammar;
  readonly pool: SessionPool<RuleSession>;
}

/** A running MySQL, MariaDB or SQL Server as a connection, behind the guard that reads its SQL by rule. */
export function byRuleConnection({ info, limits, grammar, pool }: RuleConnectionOptions): QueryConnection {
  async function query(
    request: QueryRequest,
    { signal, caller = nobody }: AskOptions = {},
  ): Promise<Outcome<QueryResult>> {
    const { sql, params = [], check = false } = request;
    const verdict = guardByRule(sql, grammar, QUERY_FILE);
    if (!verdict.ok) {
      const { origin } = verdict.problem;
      const position = origin === undefined ? {} : { position: positionOf(sql, origin) };
      return { ok: false, problem: { ...verdict.problem, ...position } };
    }
    const { text, parameters } = verdict;
    const isOpen = check && params.length === 0;
    if (parameters !== params.length && !isOpen) return { ok: false, problem: wrongCount(parameters, params.length) };
    const most = check ? 0 : Math.max(1, Math.min(request.limit ?? limits.rows, limits.rows));
    try {
      const begin = performance.now();
      const answer = await pool.use(
        (session) => session.read({ sql: text, params, maxRows: most, limits, signal, caller }),
        { signal, fits: (session) => session.fits?.(caller) ?? true },
      );
      const { columns, rows, hasMore } = answer;
      const elapsedMs = Math.round((performance.now() - begin) * 10) / 10;
      return { ok: true, value: { columns, rows, rowCount: rows.length, truncated: hasMore, elapsedMs } };
    } catch (error) {
      return { ok: false, problem: toQueryProblem(error, { sql, start: 0, added: 0 }, limits) };
    }
  }
  return {
    info,
    limits,
    problems: [],
    // What its functions do is known by name alone, and what stands behind a view is not known at all.
    isRepeatable: () => Promise.resolve(false),
    isReady: () => true,
    close: () => pool.close(),
    query,
    async explain({ sql }) {
      // What is no query is told so first.
      const verdict = guardByRule(sql, grammar, QUERY_FILE);
      if (!verdict.ok) return { ok: false, problem: verdict.problem };
      const message = "Plans of this database are not read.";
      const help = "The embedded connection plans the same query, translated to PostgreSQL.";
      return { ok: false, problem: { code: "QG520", severity: "error", message, help } };
    },
  };
}
