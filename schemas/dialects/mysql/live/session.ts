import type { Connection, ConnectionOptions, RowDataPacket } from "mysql2/promise";
import { ProblemError } from "../../../problem.ts";
import { codeOf, errorsWithin, liveFailure, networkFailure, type FailureKind } from "../../live-failure.ts";
import type { LiveTarget } from "../../live-target.ts";
import { withDeadline } from "../../with-deadline.ts";

export type Row = Readonly<Record<string, unknown>>;

/** A statement that failed while those behind it could still be asked. */
export interface FailedStatement {
  readonly index: number;
  /** The server's number of the error. */
  readonly errno: number;
}

/** A connection on which one script is one round trip. */
export interface MysqlSession {
  readonly engine: { readonly name: "MySQL" | "MariaDB"; readonly version: string };
  /** Runs statements in one request; the rows of each, by position. Throws at the first that fails. */
  rows(statements: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** The same, but a statement that the server refuses costs itself: what is behind it is asked in another request. */
  rowsOfMany(
    statements: readonly string[],
  ): Promise<{ readonly rows: readonly (readonly Row[])[]; readonly failed: readonly FailedStatement[] }>;
  close(): Promise<void>;
}

/** Signs in and makes the session read-only. Throws `ProblemError` (exit 3). */
export async function openSession(target: LiveTarget): Promise<MysqlSession> {
  const driver = await import("mysql2/promise");
  const { connectMs, statementMs } = target.timeouts;
  const opening = driver.createConnection(connectionOptions(target));
  let connection: Connection;
  try {
    connection = await withDeadline(opening, connectMs, () => {
      // A connection that comes too late is closed when it comes.
      void opening.then((late) => late.destroy()).catch(() => undefined);
      return liveFailure(target, "silent");
    });
  } catch (error) {
    throw asFailure(target, error, "unreachable");
  }
  // It may break between two questions; the next one then says so.
  connection.on("error", () => undefined);

  async function ask(script: string): Promise<unknown> {
    const [results] = await withDeadline(connection.query<RowDataPacket[][]>(script), statementMs + TRAVEL_MS, () => {
      connection.destroy();
      return liveFailure(target, "slow");
    });
    return results;
  }

  async function rows(statements: readonly string[]): Promise<readonly (readonly Row[])[]> {
    try {
      return rowsOf(await ask(statements.join(";\n")), statements.length);
    } catch (error) {
      throw asFailure(target, error, "cut");
    }
  }

  const [, hello = []] = await rows([readOnlySession(statementMs), "select version() as version"]);
  return {
    engine: engineOf(String(hello[0]?.["version"])),
    rows,
    async rowsOfMany(statements) {
      const found: (readonly Row[])[] = [];
      const failed: FailedStatement[] = [];
      for (let next = 0; next < statements.length;) {
        const chunk = statements.slice(next, next + MOST_AT_ONCE);
        try {
          found.push(...rowsOf(await ask(chunk.join(";\n")), chunk.length));
          next += chunk.length;
        } catch (error) {
          const refused = refusal(error);
          if (!refused) throw asFailure(target, error, "cut");
          // How many answers came before is not told: halves of the chunk are asked until the one is alone.
          const lone = await firstRefused(chunk, ask);
          found.push(...lone.before, []);
          failed.push({ index: next + lone.before.length, errno: refused });
          next += lone.before.length + 1;
        }
      }
      return { rows: found, failed };
    },
    async close() {
      await withDeadline(connection.end(), CLOSE_MS, () => new Error("late")).catch(() => connection.destroy());
    },
  };
}

/** Statements of one request: a few hundred kilobytes, below the smallest `max_allowed_packet` in use. */
const MOST_AT_ONCE = 2000;
const CLOSE_MS = 2000;
/** Statements may take no longer at the server; the answer then has this much time to arrive. */
const TRAVEL_MS = 5000;

/** Asks one by one until a statement is refused; the answers before it. */
async function firstRefused(
  statements: readonly string[],
  ask: (script: string) => Promise<unknown>,
): Promise<{ readonly before: readonly (readonly Row[])[] }> {
  const before: (readonly Row[])[] = [];
  for (const statement of statements) {
    try {
      before.push(...rowsOf(await ask(statement), 1));
    } catch (error) {
      if (refusal(error) === undefined) throw error;
      return { before };
    }
  }
  return { before };
}

/**
 * Whatever the server's own settings: how SHOW CREATE prints, no change of anything, and a limit of time, which the
 * two engines call differently.
 */
function readOnlySession(statementMs: number): string {
  const seconds = Math.max(1, Math.ceil(statementMs / 1000));
  return [
    "set session sql_mode = '', session sql_quote_show_create = 1, names utf8mb4",
    `session lock_wait_timeout = ${seconds} /*!50720 , session transaction_read_only = 1, session max_execution_time = ${Math.round(statementMs)} */`,
    `/*M!100101 , session tx_read_only = 1, session max_statement_time = ${seconds} */`,
  ]
    .join(", ")
    .replace(", /*M!", " /*M!");
}

/** How the driver is told to connect. */
export function connectionOptions(target: LiveTarget): ConnectionOptions {
  const { host, port, user, password, database, tls, ca, timeouts } = target;
  return {
    ...(host.startsWith("/") ? { socketPath: host } : { host, port }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ...(tls === "off"
      ? {}
      : {
          ssl: {
            rejectUnauthorized: tls === "verify",
            verifyIdentity: tls === "verify",
            ...(ca === undefined ? {} : { ca }),
          },
        }),
    connectTimeout: timeouts.connectMs,
    multipleStatements: true,
    charset: "utf8mb4",
    supportBigNumbers: true,
    dateStrings: true,
    // A server may not ask for files of this machine.
    flags: ["-LOCAL_FILES"],
  };
}

/** One statement has its rows, several have a list of them; what returns no rows has a header. */
function rowsOf(results: unknown, count: number): readonly (readonly Row[])[] {
  const several: readonly unknown[] = Array.isArray(results) ? results : [];
  const list = count === 1 ? [results] : several;
  return list.map((one) => (Array.isArray(one) ? one : []));
}

/** `8.4.2-log` and `10.11.14-MariaDB-deb12`; some hosts write `5.5.5-` before MariaDB's own. */
function engineOf(text: string): MysqlSession["engine"] {
  const version = /(\d+\.\d+(?:\.\d+)?)/.exec(text.replace(/^5\.5\.5-(?=\d)/, ""))?.[1] ?? text;
  return { name: text.includes("MariaDB") ? "MariaDB" : "MySQL", version };
}

/** The number of an error that a statement alone met; undefined when the connection is gone or no more is allowed. */
function refusal(error: unknown): number | undefined {
  const errno = errnoOf(error);
  if (errno === undefined || KINDS[errno] === "slow" || KINDS[errno] === "cut") return undefined;
  return errno;
}

function errnoOf(error: unknown): number | undefined {
  for (const one of errorsWithin(error))
    if ("errno" in one && typeof one.errno === "number" && one.errno > 0 && "sqlState" in one) return one.errno;
  return undefined;
}

/** A failure of the driver as a problem that names the connection alone. */
export function asFailure(target: LiveTarget, error: unknown, otherwise: FailureKind): ProblemError {
  if (error instanceof ProblemError) return error;
  const network = networkFailure(error);
  if (network !== undefined) return liveFailure(target, network);
  const code = codeOf(error);
  if (code === "HANDSHAKE_NO_SSL_SUPPORT") return liveFailure(target, "no tls");
  if (code === "HANDSHAKE_SSL_ERROR") return liveFailure(target, "untrusted");
  if (code === "PROTOCOL_CONNECTION_LOST") return liveFailure(target, "cut");
  const errno = errnoOf(error);
  if (errno === undefined) return liveFailure(target, otherwise);
  return liveFailure(target, KINDS[errno] ?? "refused", `MySQL error ${errno}`);
}

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and MariaDB's own from 1900 on. */
const KINDS: Readonly<Record<number, FailureKind>> = {
  1040: "full",
  1044: "denied",
  1045: "sign-in",
  1049: "no database",
  1053: "cut",
  1129: "sign-in",
  1130: "sign-in",
  1142: "denied",
  1143: "denied",
  1203: "full",
  1205: "slow",
  1226: "full",
  1227: "denied",
  1251: "sign-in",
  1317: "cut",
  1370: "denied",
  1698: "sign-in",
  1820: "sign-in",
  1862: "sign-in",
  1927: "cut",
  1969: "slow",
  3024: "slow",
  3159: "no tls",
};
