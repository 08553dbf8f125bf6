import type { Client } from "pg";
import type { LiveTarget } from "#schemas/dialects/live-target.ts";
import { signIn } from "#schemas/dialects/postgres/live/session.ts";
import { TYPE_NAMES, typeNamesParameters } from "#generators/queries/read-transaction.ts";
import { EngineError } from "#schemas/ports.ts";
import { nobody, type DatabaseCaller } from "../../sign-in/identity.ts";
import type { Connection, ConnectionInfo, Limits, ReadSession } from "../connection.ts";
import { readPortal } from "./read-portal.ts";
import { sessionPool, type PooledSession } from "./session-pool.ts";

/** Walls of our own inside the database; tests look at one alone. Rights are the third, and the server's. */
export interface LiveWalls {
  readonly readOnly: boolean;
}

interface Options {
  readonly info: ConnectionInfo;
  readonly limits: Limits;
  readonly walls?: LiveWalls;
}

/** EXPLAIN plans a query for any values since this version. */
const GENERIC_PLANS = 160_000;
/** The server ends a statement at its limit; the answer then has this much time to arrive. */
const TRAVEL_MS = 2000;
/** Bytes on the wire, for one byte of the answer that may be kept: rows come in portions. */
const WIRE_FACTOR = 16;

/** A running PostgreSQL as a connection: read-only transactions of pooled sessions, each rolled back. */
export function postgresConnection(
  target: LiveTarget,
  { info, limits, walls = { readOnly: true } }: Options,
): Connection {
  const pool = sessionPool({ open: () => openSession(target), waitingMost: limits.waiting });
  return {
    info,
    isReady: () => true,
    close: () => pool.close(),
    inTransaction: (work, { signal, caller = nobody } = {}) =>
      pool.use((session) => inReadTransaction(session, { target, limits, walls, signal, caller }, work), { signal }),
  };
}

interface Session extends PooledSession {
  readonly client: Client;
  readonly version: number;
  /** The server's number of the session. */
  readonly process: number;
  /** Ends it at once; what runs on it fails. */
  readonly drop: () => void;
}

async function openSession(target: LiveTarget): Promise<Session> {
  const { client, version } = await signIn(target);
  let isBroken = false;
  client.on("error", () => (isBroken = true));
  client.once("end", () => (isBroken = true));
  const drop = (): void => {
    isBroken = true;
    client.connection.stream.destroy();
  };
  const { rows } = await client.query<{ pid: number }>("select pg_catalog.pg_backend_pid() as pid");
  return {
    client,
    version,
    process: rows[0]?.pid ?? 0,
    drop,
    isBroken: () => isBroken,
    async close() {
      if (isBroken) return drop();
      await client.end().catch(drop);
    },
  };
}

interface Frame {
  readonly target: LiveTarget;
  readonly limits: Limits;
  readonly walls: LiveWalls;
  readonly signal: AbortSignal | undefined;
  readonly caller: DatabaseCaller;
}

async function inReadTransaction<T>(
  session: Session,
  { target, limits, walls, signal, caller }: Frame,
  work: (session: ReadSession) => Promise<T>,
): Promise<T> {
  const { client } = session;
  let why: "late" | "left" | "large" | undefined;
  const stop = (reason: typeof why) => (): void => {
    why ??= reason;
    session.drop();
    void cancelAtServer(target, session.process);
  };
  const left = stop("left");
  const timer = setTimeout(stop("late"), limits.timeoutMs + TRAVEL_MS);
  let received = 0;
  const watch = (chunk: Buffer): void => {
    received += chunk.length;
    if (received > limits.bytes * WIRE_FACTOR) stop("large")();
  };
  signal?.addEventListener("abort", left, { once: true });
  client.connection.stream.on("data", watch);
  try {
    await client.query(opening(limits, walls));
    await client.query(TELL, [caller.id, caller.role]);
    const answer = await work(readSession(session, limits));
    await client.query("rollback");
    return answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (why === "late") throw new EngineError("timeout", "The statement ran too long.", { cause: error });
    if (why === "large") throw new EngineError("crashed", "The answer is too large.", { cause: error });
    const told = toEngineError(error);
    if (told === null) {
      session.drop();
      throw new EngineError("unavailable", `The connection "${target.connection}" broke.`, { cause: error });
    }
    await client.query("rollback").catch(session.drop);
    throw told;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", left);
    client.connection.stream.off("data", watch);
  }
}

/** Policies may show rows by it. It lasts as long as the transaction, and the guard refuses what would change it. */
const TELL =
  "select pg_catalog.set_config('querygenie.user_id', $1, true), pg_catalog.set_config('querygenie.role', $2, true)";

/** Whatever an earlier transaction set is reset before; a transaction that has taken its snapshot stays read-only. */
function opening({ timeoutMs }: Limits, { readOnly }: LiveWalls): string {
  const milliseconds = Math.round(timeoutMs);
  return [
    "rollback",
    "reset session authorization",
    "reset role",
    "reset all",
    `begin transaction isolation level repeatable read, ${readOnly ? "read only" : "read write"}`,
    "select pg_catalog.pg_advisory_unlock_all()",
    `set local statement_timeout = ${milliseconds}`,
    `set local lock_timeout = ${milliseconds}`,
    `set local idle_in_transaction_session_timeout = ${milliseconds + TRAVEL_MS}`,
    "set local timezone = 'UTC'",
    "set local datestyle = 'ISO, MDY'",
    "set local intervalstyle = 'postgres'",
    "set local bytea_output = 'hex'",
    "set local extra_float_digits = 1",
    "set local standard_conforming_strings = on",
    "set local row_security = on",
    "select 1",
  ].join(";");
}

function readSession({ client, version }: Session, limits: Limits): ReadSession {
  const portal: ReadSession["read"] = ({ sql, params = [], maxRows }) =>
    maxRows === 0
      ? describe(client, sql, params)
      : readPortal(client, { sql, params, maxRows, maxBytes: limits.bytes });
  return {
    read: portal,
    async planForAny(explain) {
      if (version < GENERIC_PLANS) {
        const hint = "Give a value for each of $1, $2 … in `params`.";
        throw new EngineError("sql", "This PostgreSQL plans a query only with its values.", {
          sqlstate: "0A000",
          hint,
        });
      }
      // The driver's own way gives a plan in JSON as a value.
      const { rows } = await client.query<{ "QUERY PLAN": unknown }>(explain);
      return rows.map(({ "QUERY PLAN": line }) => (typeof line === "string" ? line : JSON.stringify(line)));
    },
    async typeNames(fields) {
      const params = typeNamesParameters(fields);
      const { rows } = await portal({ sql: TYPE_NAMES, params, maxRows: fields.length });
      return rows.map(([name]) => name ?? "");
    },
  };
}

const CURSOR = "declare querygenie no scroll cursor for ";

/** A cursor that is never moved has columns and has run nothing. */
async function describe(client: Client, sql: string, params: readonly (string | null)[]) {
  await client.query(CURSOR + sql, [...params]);
  const { fields } = await client.query("fetch 0 from querygenie");
  const described = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
    name,
    type: dataTypeID,
    modifier: dataTypeModifier,
  }));
  return { fields: described, rows: [], hasMore: false };
}

/** Asks the server in another session to end what this one does: to close the line does not tell it. */
async function cancelAtServer(target: LiveTarget, process: number): Promise<void> {
  try {
    const { client: other } = await signIn(target);
    await other.query("select pg_catalog.pg_cancel_backend($1)", [process]).finally(() => other.end());
  } catch {
    // The server's own limit ends it then.
  }
}

/** What the server says of a statement; null when it is the line that failed. */
function toEngineError(error: unknown): EngineError | null {
  if (error instanceof EngineError) return error;
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const sqlstate = error.code;
  if (!/^[0-9A-Z]{5}$/.test(sqlstate) || sqlstate.startsWith("08") || LINE_ENDS.has(sqlstate)) return null;
  if (TIMEOUTS.has(sqlstate)) return new EngineError("timeout", error.message, { cause: error });
  const text = (name: "detail" | "hint"): object => {
    const value: unknown = name in error ? Reflect.get(error, name) : undefined;
    return typeof value === "string" ? { [name]: value } : {};
  };
  const position = "position" in error ? Number(error.position) : Number.NaN;
  return new EngineError("sql", error.message, {
    sqlstate,
    ...text("detail"),
    ...text("hint"),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
    cause: error,
  });
}

/** Cancelled by its time, and a lock that was not given in time. */
const TIMEOUTS: ReadonlySet<string> = new Set(["57014", "55P03", "25P03", "25P04"]);
/** The server ends the session. */
const LINE_ENDS: ReadonlySet<string> = new Set(["57P01", "57P02", "57P03"]);
