import { Duplex } from "node:stream";
import type { Connection, FieldPacket } from "mysql2";
import { errorsWithin } from "#schemas/dialects/live-failure.ts";
import type { LiveTarget } from "#schemas/dialects/live-target.ts";
import { asFailure, connectionOptions } from "#schemas/dialects/mysql/live/session.ts";
import type { Cell } from "#generators/queries/cells.ts";
import { EngineError } from "#schemas/ports.ts";
import type { DatabaseCaller } from "../../sign-in/identity.ts";
import type { Limits } from "../connection.ts";
import type { LiveAnswer, RuleSession } from "./by-rule-connection.ts";
import { toCell } from "./driver-cell.ts";
import type { LiveWalls } from "./postgres.ts";

/** The server ends a statement at its limit; the answer then has this much time to arrive. */
const TRAVEL_MS = 2000;
/** Bytes on the wire for one byte of the answer that may be kept. */
const WIRE_FACTOR = 16;

/** Signs in to MySQL or MariaDB. Throws `ProblemError` that names the connection alone. */
export async function openMysqlSession(
  target: LiveTarget,
  walls: LiveWalls = { readOnly: true },
): Promise<RuleSession> {
  const connection = await connect(target);
  const { Types } = await import("mysql2").then((module) => module.default);
  const typeNames = new Map(Object.entries(Types).map(([key, name]) => [Number(key), String(name)]));
  let isBroken = false;
  connection.on("error", () => (isBroken = true));
  const drop = (): void => {
    isBroken = true;
    hangUp(connection);
  };
  const session: RuleSession = {
    isBroken: () => isBroken,
    close: () => end(connection, drop),
    async plan(statement) {
      // The limit of rows is part of what is planned, as it is when the query runs.
      const { rows: maxRows } = statement.limits;
      const answer = await session.read({ ...statement, sql: `explain format=json ${statement.sql}`, maxRows });
      const [[text] = []] = answer.rows;
      if (typeof text !== "string") throw new EngineError("crashed", "The plan is too large.");
      return text;
    },
    async read({ sql, params, maxRows, limits, signal, caller }) {
      let why: "late" | "left" | "large" | "enough" | undefined;
      const stopped = Promise.withResolvers<never>();
      stopped.promise.catch(() => undefined);
      const stop = (reason: typeof why) => (): void => {
        if (why !== undefined) return;
        why = reason;
        drop();
        void killAtServer(target, connection.threadId);
        // The driver tells nobody of a line that we hang up.
        stopped.reject(new Error("stopped"));
      };
      const orStopped = <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped.promise]);
      const left = stop("left");
      const timer = setTimeout(stop("late"), limits.timeoutMs + TRAVEL_MS);
      signal?.addEventListener("abort", left, { once: true });
      const answer: Gathered = { fields: [], rows: [], hasMore: false, wire: 0 };
      try {
        await orStopped(tell(connection, caller));
        for (const statement of opening(limits, maxRows, walls)) await orStopped(run(connection, statement));
        const gathering = { sql, params, maxRows, limits, answer, enough: stop("enough"), large: stop("large") };
        if (maxRows === 0) answer.fields = await orStopped(describe(connection, sql));
        else await orStopped(gather(connection, gathering));
        await orStopped(run(connection, "rollback"));
      } catch (error) {
        signal?.throwIfAborted();
        if (why === "late") throw new EngineError("timeout", "The statement ran too long.", { cause: error });
        if (why === "large") throw new EngineError("crashed", "The answer is too large.", { cause: error });
        if (why !== "enough") {
          const told = toEngineError(error);
          if (told === null) drop();
          else await run(connection, "rollback").catch(drop);
          throw (
            told ?? new EngineError("unavailable", `The connection "${target.connection}" broke.`, { cause: error })
          );
        }
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", left);
      }
      return toAnswer(answer, typeNames);
    },
  };
  return session;
}

/** Views and functions may show rows by it. The values stand beside the statement; a query may not name a variable. */
function tell(connection: Connection, { id, role }: DatabaseCaller): Promise<void> {
  return new Promise((resolve, reject) => {
    const sql = "set @querygenie_user = ?, @querygenie_role = ?";
    connection.execute(sql, [id, role], (error) => (error ? reject(error) : resolve()));
  });
}

/** Closes the line for both sides: the driver's own way reads on until the server is done. */
function hangUp(connection: Connection): void {
  connection.destroy();
  // The driver's types leave it out.
  const stream: unknown = Reflect.get(connection, "stream");
  if (stream instanceof Duplex) stream.destroy();
}

async function connect(target: LiveTarget): Promise<Connection> {
  const driver = await import("mysql2").then((module) => module.default);
  // One statement a request, whatever the text is.
  const options = { ...connectionOptions(target), multipleStatements: false, bigNumberStrings: true };
  const connection = driver.createConnection(options);
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once("error", reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    return connection;
  } catch (error) {
    hangUp(connection);
    throw asFailure(target, error, "unreachable");
  }
}

/**
 * The session in which the text means what the guard read: backslashes escape, double quotes are strings, no other
 * grammar is on. The two engines call their limit of time differently.
 */
function opening({ timeoutMs }: Limits, maxRows: number, { readOnly }: LiveWalls): readonly string[] {
  // DROP and CREATE end the transaction before they are looked at: the one that follows is read-only too.
  const only = readOnly ? 1 : 0;
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1000));
  const settings = [
    "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', names utf8mb4, session time_zone = '+00:00'",
    `session lock_wait_timeout = ${seconds}, session sql_select_limit = ${maxRows + 1} /*!50720 , session transaction_read_only = ${only}, session max_execution_time = ${Math.round(timeoutMs)} */ /*!80300 , session explain_json_format_version = 1 */`,
    `/*M!100101 , session tx_read_only = ${only}, session max_statement_time = ${timeoutMs / 1000} */`,
  ];
  return [
    "rollback",
    settings.join(", ").replace(", /*M!", " /*M!"),
    readOnly ? "start transaction with consistent snapshot, read only" : "start transaction",
  ];
}

interface Gathered {
  fields: readonly FieldPacket[];
  readonly rows: (readonly unknown[])[];
  hasMore: boolean;
  wire: number;
}

interface Gathering {
  readonly sql: string;
  readonly params: readonly Cell[];
  readonly maxRows: number;
  readonly limits: Limits;
  readonly answer: Gathered;
  readonly enough: () => void;
  readonly large: () => void;
}

/** Runs a prepared statement, row by row. An own LIMIT switches the server's off: then the session is given up. */
function gather(
  connection: Connection,
  { sql, params, maxRows, limits, answer, enough, large }: Gathering,
): Promise<void> {
  const values = params.map((value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value));
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let over = 0;
    const command = connection.execute({ sql, values, rowsAsArray: true });
    command.on("error", reject);
    command.on("fields", (fields: readonly FieldPacket[] | undefined) => (answer.fields = fields ?? []));
    command.on("result", (row: unknown) => {
      // INSERT and the like have a header in place of rows.
      if (!Array.isArray(row)) return;
      bytes += sizeOf(row);
      answer.wire += sizeOf(row);
      if (answer.wire > limits.bytes * WIRE_FACTOR) return large();
      if (answer.rows.length < maxRows && bytes <= limits.bytes) {
        answer.rows.push(row);
        return;
      }
      answer.hasMore = true;
      // One row over the limit was asked for, and is the last one where the query has no LIMIT of its own.
      if (++over > 1 || bytes > limits.bytes) {
        enough();
      }
    });
    command.on("end", () => resolve());
  });
}

const sizeOf = (row: readonly unknown[]): number =>
  row.reduce<number>((sum, value) => {
    if (typeof value === "string" || Buffer.isBuffer(value)) return sum + value.length;
    return sum + (typeof value === "object" && value !== null ? JSON.stringify(value).length : 8);
  }, 0);

/** The columns of a prepared statement that is never executed. */
function describe(connection: Connection, sql: string): Promise<readonly FieldPacket[]> {
  return new Promise((resolve, reject) => {
    connection.prepare(sql, (error, prepared) => {
      if (error) return reject(error);
      // The driver's types leave its columns out.
      const columns: unknown = Reflect.get(prepared, "columns");
      prepared.close();
      resolve(Array.isArray(columns) ? columns : []);
    });
  });
}

function run(connection: Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => connection.query(sql, (error) => (error ? reject(error) : resolve())));
}

function toAnswer({ fields, rows, hasMore }: Gathered, types: ReadonlyMap<number, string>): LiveAnswer {
  return {
    columns: fields.map((field) => ({ name: field.name, type: typeName(field, types) })),
    rows: rows.map((row) => row.map(toCell)),
    hasMore,
  };
}

/** What the server calls a type, from the name that the protocol has for it. */
function typeName({ columnType, columnLength, characterSet }: FieldPacket, types: ReadonlyMap<number, string>): string {
  const name = types.get(columnType ?? -1) ?? "unknown";
  const isBytes = characterSet === BINARY;
  if (name === "BLOB") return isBytes ? "blob" : "text";
  if (name === "TINY" && columnLength === 1) return "tinyint(1)";
  return (isBytes ? BYTE_NAMES[name] : undefined) ?? NAMES[name] ?? name.toLowerCase();
}

const BINARY = 63;
const NAMES: Readonly<Record<string, string>> = {
  TINY: "tinyint",
  SHORT: "smallint",
  INT24: "mediumint",
  LONG: "int",
  LONGLONG: "bigint",
  NEWDECIMAL: "decimal",
  VAR_STRING: "varchar",
  STRING: "char",
};
const BYTE_NAMES: Readonly<Record<string, string>> = { VAR_STRING: "varbinary", STRING: "binary" };

/** Asks in another session: to close the line does not end what runs. */
async function killAtServer(target: LiveTarget, thread: number): Promise<void> {
  try {
    const other = await connect(target);
    await run(other, `kill ${Math.trunc(thread)}`).finally(() => hangUp(other));
  } catch {
    // The server's own limit ends it then.
  }
}

function end(connection: Connection, drop: () => void): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      drop();
      resolve();
    }, TRAVEL_MS);
    connection.end(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

/** What the server says of a statement; null when it is the line that failed. */
function toEngineError(error: unknown): EngineError | null {
  if (error instanceof EngineError) return error;
  for (const one of errorsWithin(error)) {
    if (!("errno" in one) || typeof one.errno !== "number" || !("sqlState" in one)) continue;
    if (TIMEOUTS.has(one.errno)) return new EngineError("timeout", "The statement ran too long.", { cause: error });
    if (LINE_ENDS.has(one.errno)) return null;
    const message =
      "sqlMessage" in one && typeof one.sqlMessage === "string" ? one.sqlMessage : "The statement failed.";
    return new EngineError("sql", message, { sqlstate: String(one.sqlState), cause: error });
  }
  return null;
}

/** A lock not given in time; MariaDB's and MySQL's own limits. */
const TIMEOUTS: ReadonlySet<number> = new Set([1205, 1969, 3024]);
const LINE_ENDS: ReadonlySet<number> = new Set([1053, 1317, 1927]);
