import type { Cell } from "#generators/queries/cells.ts";
import { guardByRule, tablesOf } from "#generators/queries/guard-by-rule.ts";
import { planInWords } from "#generators/queries/plan-in-words.ts";
import { planWarnings } from "#generators/queries/plan-warnings.ts";
import type { ReadPlan, TableNames } from "#generators/queries/plans/draw-step.ts";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";
import { nobody, type DatabaseCaller } from "../../sign-in/identity.ts";
import type { AskOptions, ConnectionInfo, Limits } from "../connection.ts";
import type { QueryPlan } from "../explain.ts";
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
  /** The server's own text of a statement's plan, behind the same walls; the statement is not run. Throws as `read` does. */
  readonly plan: (statement: Omit<Parameters<RuleSession["read"]>[0], "maxRows">) => Promise<string>;
}

export interface RuleConnectionOptions {
  readonly info: ConnectionInfo;
  readonly limits: Limits;
  readonly grammar: Grammar;
  /** Reads what `plan` of a session gives. */
  readonly readPlan: (text: string, names: TableNames) => ReadPlan;
  readonly pool: SessionPool<RuleSession>;
}

/** A running MySQL, MariaDB or SQL Server as a connection, behind the guard that reads its SQL by rule. */
export function byRuleConnection({ info, limits, grammar, readPlan, pool }: RuleConnectionOptions): QueryConnection {
  /** Asks a session what has passed the guard; what the database or its line say against it is a problem. */
  async function ask<T>(
    { sql, params = [], needsValues }: Pick<QueryRequest, "sql" | "params"> & { readonly needsValues: boolean },
    { signal, caller = nobody, onTurn }: AskOptions,
    work: (session: RuleSession, statement: Omit<Parameters<RuleSession["read"]>[0], "maxRows">) => Promise<T>,
  ): Promise<Outcome<T>> {
    const verdict = guardByRule(sql, grammar, QUERY_FILE);
    if (!verdict.ok) {
      const { origin } = verdict.problem;
      const position = origin === undefined ? {} : { position: positionOf(sql, origin) };
      return { ok: false, problem: { ...verdict.problem, ...position } };
    }
    const { text, parameters } = verdict;
    if (parameters !== params.length && (needsValues || params.length > 0))
      return { ok: false, problem: wrongCount(parameters, params.length) };
    try {
      const statement = { sql: text, params, limits, signal, caller };
      const turn = (session: RuleSession): Promise<T> => {
        onTurn?.();
        return work(session, statement);
      };
      const value = await pool.use(turn, { signal, fits: (session) => session.fits?.(caller) ?? true });
      return { ok: true, value };
    } catch (error) {
      return { ok: false, problem: toQueryProblem(error, { sql, start: 0, added: 0 }, limits) };
    }
  }

  async function query(request: QueryRequest, options: AskOptions = {}): Promise<Outcome<QueryResult>> {
    const { check = false, limit = limits.rows } = request;
    const maxRows = check ? 0 : Math.max(1, Math.min(limit, limits.rows));
    const begin = performance.now();
    const answer = await ask({ ...request, needsValues: !check }, options, (session, statement) =>
      session.read({ ...statement, maxRows }),
    );
    if (!answer.ok) return answer;
    const { columns, rows, hasMore } = answer.value;
    const elapsedMs = Math.round((performance.now() - begin) * 10) / 10;
    return { ok: true, value: { columns, rows, rowCount: rows.length, truncated: hasMore, elapsedMs } };
  }

  async function explain(
    request: Pick<QueryRequest, "sql" | "params">,
    options: AskOptions = {},
  ): Promise<Outcome<QueryPlan>> {
    const plan = await ask({ ...request, needsValues: true }, options, (session, statement) => session.plan(statement));
    if (!plan.ok) return plan;
    const { tree, tableRows } = readPlan(plan.value, tablesOf(request.sql, grammar));
    const warnings = planWarnings(tree, tableRows);
    return { ok: true, value: { tree, text: plan.value, warnings, words: [], ...planInWords(tree) } };
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
    explain,
  };
}
