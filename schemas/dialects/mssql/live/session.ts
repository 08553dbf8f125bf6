import type { config as DriverConfig } from "mssql";
import { ProblemError } from "../../../problem.ts";
import { codeOf, errorsWithin, liveFailure, networkFailure, type FailureKind } from "../../live-failure.ts";
import type { LiveTarget } from "../../live-target.ts";
import { withDeadline } from "../../with-deadline.ts";
import { guardedSocket, type GuardedSocket } from "./guarded-socket.ts";

/** A connection on which one batch is one round trip. */
export interface MssqlSession {
  /** Runs queries whose one value is a JSON text, in one batch; null where a query found nothing. */
  json(queries: readonly string[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Signs in. Throws `ProblemError` (exit 3). SQL Server has no read-only transaction: only SELECT is ever sent. */
export async function openSession(target: LiveTarget): Promise<MssqlSession> {
  const driver = await import("mssql").then((module) => module.default);
  const { connectMs, statementMs } = target.timeouts;
  const socket = guardedSocket(target);
  const pool = new driver.ConnectionPool(driverConfig(target, socket));
  pool.on("error", () => undefined);
  try {
    await withDeadline(pool.connect(), connectMs, () => liveFailure(target, "silent"));
  } catch (error) {
    socket.destroy();
    void pool.close().catch(() => undefined);
    if (socket.offersNoTls()) throw liveFailure(target, "no tls");
    throw asFailure(target, error, "unreachable");
  }
  return {
    async json(queries) {
      try {
        const answer = await withDeadline(
          pool.request().batch(batchText(queries, statementMs)),
          statementMs + TRAVEL_MS,
          () => {
            socket.destroy();
            return liveFailure(target, "slow");
          },
        );
        const sets: readonly (readonly Readonly<Record<string, unknown>>[])[] = Array.isArray(answer.recordsets)
          ? answer.recordsets
          : [];
        if (sets.length !== queries.length) throw liveFailure(target, "cut");
        return sets.map(([row]): unknown => {
          const text = row?.["json"];
          return typeof text === "string" ? JSON.parse(text) : null;
        });
      } catch (error) {
        throw asFailure(target, error, "cut");
      }
    },
    async close() {
      await withDeadline(pool.close(), CLOSE_MS, () => new Error("late")).catch(() => undefined);
    },
  };
}

const CLOSE_MS = 2000;
/** The driver cancels a request by itself; this much later we give up on the driver. */
const TRAVEL_MS = 5000;

/** What is sent for a list of queries. Waiting for a lock ends with an error of its own before the request does. */
export function batchText(queries: readonly string[], statementMs: number): string {
  return [
    `set nocount on; set lock_timeout ${Math.round(statementMs)}`,
    ...queries.map((query) => `select (${query}) as json`),
  ].join(BETWEEN);
}

/** Stands between the statements of a batch and in none of them. */
export const BETWEEN = ";\n\n";

/** How the driver is told to connect. */
export function driverConfig(target: LiveTarget, socket: GuardedSocket): DriverConfig {
  const { host, port, user, password, database, tls, ca, timeouts } = target;
  return {
    server: host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    connectionTimeout: timeouts.connectMs,
    requestTimeout: timeouts.statementMs,
    pool: { max: 1, min: 0 },
    options: {
      encrypt: tls !== "off",
      trustServerCertificate: tls === "no-verify",
      ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca } }),
      appName: "querygenie",
      ...(tls === "off" ? {} : { connector: () => socket.open() }),
      useUTC: true,
    },
  };
}

/** A failure of the driver as a problem that names the connection alone. */
export function asFailure(target: LiveTarget, error: unknown, otherwise: FailureKind): ProblemError {
  if (error instanceof ProblemError) return error;
  const network = networkFailure(error);
  if (network !== undefined) return liveFailure(target, network);
  const numbers = errorsWithin(error).flatMap((one) =>
    "number" in one && typeof one.number === "number" ? [one.number] : [],
  );
  const number = numbers[0];
  if (number !== undefined && number > 0)
    return liveFailure(target, NUMBERS[number] ?? "refused", `SQL Server error ${number}`);
  const codes = errorsWithin(error).map(codeOf);
  const known = codes.find((code) => code !== undefined && Object.hasOwn(CODES, code));
  return liveFailure(target, (known === undefined ? undefined : CODES[known]) ?? otherwise);
}

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const NUMBERS: Readonly<Record<number, FailureKind>> = {
  229: "denied",
  230: "denied",
  297: "denied",
  300: "denied",
  911: "no database",
  916: "denied",
  1222: "slow",
  4060: "no database",
  4064: "no database",
  17_809: "full",
  18_456: "sign-in",
  18_470: "sign-in",
  18_487: "sign-in",
  18_488: "sign-in",
  40_613: "unreachable",
  40_615: "sign-in",
};

/** Codes of the driver. */
const CODES: Readonly<Record<string, FailureKind>> = {
  ELOGIN: "sign-in",
  EENCRYPT: "no tls",
  EINSTLOOKUP: "unknown host",
  ETIMEOUT: "slow",
  ECONNCLOSED: "cut",
  ENOTOPEN: "cut",
  ESOCKET: "unreachable",
  EABORT: "cut",
};
