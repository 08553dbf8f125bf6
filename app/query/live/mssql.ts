import type { ConnectionPool, IColumnMetadata } from "mssql";
import { errorsWithin } from "#schemas/dialects/live-failure.ts";
import type { LiveTarget } from "#schemas/dialects/live-target.ts";
import { guardedSocket } from "#schemas/dialects/mssql/live/guarded-socket.ts";
import { asFailure, driverConfig } from "#schemas/dialects/mssql/live/session.ts";
import type { Cell } from "#generators/queries/cells.ts";
import { EngineError } from "#schemas/ports.ts";
import type { DatabaseCaller } from "../../sign-in/identity.ts";
import type { Limits } from "../connection.ts";
import type { LiveAnswer, RuleSession } from "./by-rule-connection.ts";
import { toCell } from "./driver-cell.ts";

/**
 * Signs in to SQL Server. It has no read-only transaction: the guard, the user's rights and a transaction that is rolled
 * back are its walls. Throws `ProblemError` that names the connection alone.
 */
export async function openMssqlSession(target: LiveTarget): Promise<RuleSession> {
  const driver = await import("mssql").then((module) => module.default);
  const socket = guardedSocket(target);
  const pool = new driver.ConnectionPool(driverConfig(target, socket));
  let isBroken = false;
  pool.on("error", () => (isBroken = true));
  try {
    await pool.connect();
  } catch (error) {
    socket.destroy();
    void pool.close().catch(() => undefined);
    throw asFailure(target, error, "unreachable");
  }
  let told: DatabaseCaller | undefined;
  /** Opens a transaction for the caller, lets `work` ask in it, and rolls it back. */
  async function inTransaction<T>(
    { limits, signal, caller }: Pick<Statement, "limits" | "signal" | "caller">,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      if (told === undefined) await tell(pool, caller);
      told = caller;
      await pool.request().batch(opening(limits));
      const answer = await work();
      await pool.request().batch("if @@trancount > 0 rollback transaction");
      return answer;
    } catch (error) {
      // What the transaction holds goes with its session.
      isBroken = true;
      signal?.throwIfAborted();
      throw toEngineError(error) ?? asFailure(target, error, "cut");
    }
  }

  return {
    isBroken: () => isBroken,
    // What a session was told is read-only: for somebody else there has to be another one.
    fits: ({ id, role }) => told === undefined || (told.id === id && told.role === role),
    close: () => pool.close().catch(() => undefined),
    read: ({ sql, params, maxRows, ...how }) =>
      inTransaction(how, async () => {
        if (maxRows > 0) return gather(pool, { sql, params, maxRows, ...how });
        return described(await gather(pool, { sql: DESCRIBE, params: [sql], maxRows: MOST_COLUMNS, ...how }));
      }),
    plan: ({ sql, params, ...how }) =>
      inTransaction(how, async () => {
        // From here on the session plans what it is given. When that cannot be switched off again, it is not used again.
        await pool.request().batch("set showplan_xml on");
        const text = declared(params) + sql;
        const answer = await gather(pool, { sql: text, params: [], maxRows: 1, isBatch: true, ...how });
        await pool.request().batch("set showplan_xml off");
        const [[plan] = []] = answer.rows;
        if (typeof plan !== "string") throw new EngineError("crashed", "The plan is too large.");
        return plan;
      }),
  };
}

type Statement = Parameters<RuleSession["read"]>[0];

/** Declares the parameters, whose values a plan does without: the text of a batch holds none. */
function declared(params: readonly Cell[]): string {
  const types = params.map((value, index) => `@p${index + 1} ${TYPES[typeof value] ?? "nvarchar(4000)"}`);
  return types.length === 0 ? "" : `declare ${types.join(", ")}; `;
}

const TYPES: Readonly<Record<string, string>> = { boolean: "bit", number: "float" };

/** Policies may show rows by it. Servers before 2016 have neither; the values stand beside the statement. */
async function tell(pool: ConnectionPool, { id, role }: DatabaseCaller): Promise<void> {
  try {
    await pool.request().input("id", id).input("role", role).query(TELL);
  } catch (error) {
    if (!errorsWithin(error).some((one) => "number" in one && one.number === NO_SUCH_PROCEDURE)) throw error;
  }
}

const TELL = `exec sp_set_session_context @key = N'querygenie.user_id', @value = @id, @read_only = 1;
exec sp_set_session_context @key = N'querygenie.role', @value = @role, @read_only = 1`;
const NO_SUCH_PROCEDURE = 2812;

const opening = ({ timeoutMs }: Limits): string =>
  [
    "set nocount on",
    "set quoted_identifier on",
    "set implicit_transactions off",
    "set transaction isolation level read committed",
    `set lock_timeout ${Math.round(timeoutMs)}`,
    "set deadlock_priority low",
    "begin transaction",
  ].join("; ");

/** Names the columns of a statement, which is given as a value and not run. */
const DESCRIBE =
  "select name, system_type_name from sys.dm_exec_describe_first_result_set(@p1, null, 0) order by column_ordinal";
const MOST_COLUMNS = 4096;

const described = ({ rows }: LiveAnswer): LiveAnswer => ({
  columns: rows.map(([name, type]) => ({ name: textOf(name), type: textOf(type) })),
  rows: [],
  hasMore: false,
});

const textOf = (cell: Cell | undefined): string => (typeof cell === "string" ? cell : "");

interface Gathering {
  readonly sql: string;
  readonly params: readonly Cell[];
  readonly maxRows: number;
  readonly limits: Limits;
  readonly signal: AbortSignal | undefined;
  /** True sends the text as it is, not as a statement with values. Default false. */
  readonly isBatch?: boolean;
}

function gather(
  pool: ConnectionPool,
  { sql, params, maxRows, limits, signal, isBatch = false }: Gathering,
): Promise<LiveAnswer> {
  const request = pool.request();
  request.stream = true;
  request.arrayRowMode = true;
  for (const [index, value] of params.entries())
    request.input(`p${index + 1}`, typeof value === "object" && value !== null ? JSON.stringify(value) : value);
  const cancel = (): void => request.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  const rows: (readonly Cell[])[] = [];
  let columns: LiveAnswer["columns"] = [];
  let bytes = 0;
  let hasMore = false;
  return new Promise<LiveAnswer>((resolve, reject) => {
    request.on("recordset", (found: IColumnMetadata | readonly IColumnMetadata[string][]) => {
      columns = Object.values(found).map(({ name, type }) => ({ name, type: typeName(type) }));
    });
    request.on("row", (row: readonly unknown[]) => {
      if (hasMore) return;
      const cells = row.map(toCell);
      bytes += JSON.stringify(cells).length;
      hasMore = rows.length >= maxRows || bytes > limits.bytes;
      if (hasMore) cancel();
      else rows.push(cells);
    });
    // A cancelled request ends with an error that says so.
    request.on("error", (error: Error) => (hasMore ? undefined : reject(error)));
    request.on("done", () => resolve({ columns, rows, hasMore }));
    void (isBatch ? request.batch(sql) : request.query(sql));
  }).finally(() => signal?.removeEventListener("abort", cancel));
}

/** The driver's types are functions whose declaration is the server's word. */
function typeName(type: unknown): string {
  const declared: unknown =
    (typeof type === "function" || typeof type === "object") && type !== null ? Reflect.get(type, "declaration") : "";
  return typeof declared === "string" ? declared : "";
}

function toEngineError(error: unknown): EngineError | null {
  for (const one of errorsWithin(error)) {
    if ("code" in one && one.code === "ETIMEOUT")
      return new EngineError("timeout", "The statement ran too long.", { cause: error });
    if (!("number" in one) || typeof one.number !== "number" || one.number <= 0) continue;
    if (one.number === LOCK_TIMEOUT)
      return new EngineError("timeout", "A lock was not given in time.", { cause: error });
    const message = "message" in one && typeof one.message === "string" ? one.message : "The statement failed.";
    return new EngineError("sql", message, { cause: error });
  }
  return null;
}

const LOCK_TIMEOUT = 1222;
