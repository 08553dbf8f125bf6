import { toCells, toParameter, type Cell } from "#generators/queries/cells.ts";
import { guardQuery } from "#generators/queries/guard.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { AskOptions, Connection, Limits, Parameter, ReadSession } from "./connection.ts";
import { toQueryProblem, type Outcome } from "./query-failure.ts";
import { positionOf, QUERY_FILE } from "./sql-place.ts";
import { wrongCount } from "./wrong-count.ts";

export interface QueryRequest {
  readonly sql: string;
  /** Values of `$1`, `$2` … */
  readonly params?: readonly Parameter[] | undefined;
  /** Most rows wanted. Default and most: the connection's limit. */
  readonly limit?: number | undefined;
  /** Plans the query and names its columns, but does not run it. Default false. */
  readonly check?: boolean | undefined;
}

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly rowCount: number;
  /** True when there are more rows than `rows` holds. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
  /** Whole seconds since the rows were read, when they come from a cache. */
  readonly age?: number | undefined;
}

export interface RunContext extends AskOptions {
  readonly connection: Connection;
  readonly limits: Limits;
}

/** Answers a query. What is wrong with the query is a problem; throws only for what is wrong with us. */
export async function runQuery(request: QueryRequest, context: RunContext): Promise<Outcome<QueryResult>> {
  const guarded = await guard(request, { needsValues: request.check !== true });
  if (!guarded.ok) return guarded;
  const { text, params } = guarded.value;
  const { connection, limits, signal, caller } = context;
  const most = Math.max(1, Math.min(request.limit ?? limits.rows, limits.rows));
  let added = 0;
  try {
    const value = await connection.inTransaction(
      async (session) => {
        context.onTurn?.();
        const begin = performance.now();
        if (request.check === true) {
          added = planPrefix(guarded.value, "text").length;
          await planLines(session, guarded.value, "text");
          added = 0;
        }
        const answer = await session.read(
          // Missing values do not matter where nothing runs.
          request.check === true
            ? { sql: text, params: params ?? Array.from({ length: guarded.value.parameters }, () => null), maxRows: 0 }
            : { sql: text, params: params ?? [], maxRows: most },
        );
        const types = await session.typeNames(answer.fields);
        return {
          columns: answer.fields.map(({ name }, index) => ({ name, type: types[index] ?? "" })),
          rows: toCells(answer),
          rowCount: answer.rows.length,
          truncated: answer.hasMore,
          elapsedMs: Math.round((performance.now() - begin) * 10) / 10,
        };
      },
      { signal, caller },
    );
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: toQueryProblem(error, { ...guarded.value, added }, limits) };
  }
}

/** A request that has passed the guard. */
export interface GuardedRequest {
  readonly sql: string;
  readonly text: string;
  readonly start: number;
  readonly parameters: number;
  /** Null when the query asks for values and none were given: it can be planned then, for any values. */
  readonly params: readonly (string | null)[] | null;
}

/** The first wall, and whether the values are as many as the query asks for. */
export async function guard(
  { sql, params = [] }: Pick<QueryRequest, "sql" | "params">,
  { needsValues }: { readonly needsValues: boolean },
): Promise<Outcome<GuardedRequest>> {
  const verdict = guardQuery(sql, await loadParser(), QUERY_FILE);
  if (!verdict.ok) {
    const { origin } = verdict.problem;
    const position = origin === undefined ? {} : { position: positionOf(sql, origin) };
    return { ok: false, problem: { ...verdict.problem, ...position } };
  }
  const { text, start, parameters } = verdict;
  if (parameters === params.length) {
    return { ok: true, value: { sql, text, start, parameters, params: params.map(toParameter) } };
  }
  if (params.length === 0 && !needsValues) return { ok: true, value: { sql, text, start, parameters, params: null } };
  return { ok: false, problem: wrongCount(parameters, params.length) };
}

/** The lines of a query's plan; for any values where none were given. */
export async function planLines(
  session: ReadSession,
  guarded: GuardedRequest,
  format: "json" | "text",
): Promise<readonly string[]> {
  const sql = planPrefix(guarded, format) + guarded.text;
  if (guarded.params === null) return session.planForAny(sql);
  const { rows } = await session.read({ sql, params: guarded.params, maxRows: MOST_PLAN_LINES });
  return rows.map(([line]) => line ?? "");
}

/** What is put before a query to have its plan. */
export function planPrefix({ params }: GuardedRequest, format: "json" | "text"): string {
  const generic = params === null ? ", generic_plan" : "";
  const verbose = format === "json" ? ", verbose" : "";
  return `explain (format ${format}${generic}${verbose}) `;
}

/** A plan is for people; one over thousands of partitions is cut. */
const MOST_PLAN_LINES = 10_000;
