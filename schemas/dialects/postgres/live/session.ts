import { Socket } from "node:net";
import type { Client, ClientConfig } from "pg";
import { codeOf, errorsWithin, liveFailure, networkFailure, type FailureKind } from "../../live-failure.ts";
import type { LiveTarget } from "../../live-target.ts";
import { withDeadline } from "../../with-deadline.ts";

/** A connection on which one script is one round trip. */
export interface PostgresSession {
  /** As `server_version_num`: 160004 is 16.4. */
  readonly version: number;
  readonly versionText: string;
  /** Runs statements in one request, in a read-only transaction, and gives the rows of the last that has any. */
  rows(statements: readonly string[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}
export type Row = Readonly<Record<string, unknown>>;

/** Signs in and says what the server is. Throws `ProblemError` (exit 3). */
export async function signIn(
  target: LiveTarget,
): Promise<{ readonly client: Client; readonly version: number; readonly versionText: string }> {
  const { Client: PgClient } = await import("pg").then((module) => module.default);
  const seen = { isConnected: false, offersNoTls: false, version: "" };
  const client = new PgClient(clientConfig(target, seen));
  // The connection may break between two questions; the next one then says so.
  client.on("error", () => undefined);
  listenForVersion(client, (version) => (seen.version = version));
  try {
    await withDeadline(client.connect(), target.timeouts.connectMs, () => liveFailure(target, "silent"));
  } catch (error) {
    abandon(client);
    throw asFailure(target, error, seen.offersNoTls ? "no tls" : lostWhile(seen));
  }
  return { client, version: versionNumber(seen.version), versionText: seen.version.split(" ")[0] ?? seen.version };
}

/** Opens a session that reads the catalog. Throws `ProblemError` (exit 3). */
export async function openSession(target: LiveTarget): Promise<PostgresSession> {
  const { client, version, versionText } = await signIn(target);
  return {
    version,
    versionText,
    rows: (statements) => ask(client, target, statements),
    async close() {
      await withDeadline(client.end(), CLOSE_MS, () => new Error("late")).catch(() => abandon(client));
    },
  };
}

/** What a connection that ended without a word of the server or the system was. */
const lostWhile = ({ isConnected }: { readonly isConnected: boolean }): FailureKind =>
  isConnected ? "cut" : "unreachable";

/** Time for a polite end; then the socket is closed. */
const CLOSE_MS = 2000;
/** Statements may take no longer at the server; the answer then has this much time to arrive. */
const TRAVEL_MS = 5000;

/**
 * The session of a replay, so that everything prints alike: see `reset-session.ts`. Set in the transaction and not at
 * the start, which poolers refuse.
 */
function frame(statementMs: number): readonly string[] {
  return [
    "begin transaction isolation level repeatable read, read only",
    `set local statement_timeout = ${Math.round(statementMs)}`,
    `set local lock_timeout = ${Math.round(statementMs)}`,
    "set local search_path = pg_catalog",
    // The catalog query is one statement of many small parts: to compile them takes longer than to run them.
    "set local jit = off",
    "set local quote_all_identifiers = off",
    "set local standard_conforming_strings = on",
    "set local datestyle = 'ISO, MDY'",
    "set local intervalstyle = 'postgres'",
    "set local timezone = 'GMT'",
    "set local bytea_output = 'hex'",
    "set local extra_float_digits = 1",
    "set local xmlbinary = 'base64'",
    "set local lc_monetary = 'C'",
  ];
}

async function ask(client: Client, target: LiveTarget, statements: readonly string[]): Promise<readonly Row[]> {
  const { statementMs } = target.timeouts;
  const script = [...frame(statementMs), ...statements, "commit"].join(";\n");
  try {
    // The driver types one result; a script gives a list of them.
    const answer: unknown = await withDeadline(client.query(script), statementMs + TRAVEL_MS, () => {
      abandon(client);
      return liveFailure(target, "slow");
    });
    return lastRows(Array.isArray(answer) ? answer : [answer]);
  } catch (error) {
    throw asFailure(target, error, "cut");
  }
}

function lastRows(results: readonly unknown[]): readonly Row[] {
  for (const result of results.toReversed()) {
    if (typeof result !== "object" || result === null || !("rows" in result) || !Array.isArray(result.rows)) continue;
    if (result.rows.length > 0) return result.rows;
  }
  return [];
}

function clientConfig(target: LiveTarget, seen: { isConnected: boolean; offersNoTls: boolean }): ClientConfig {
  const { host, port, user, password, database, tls, ca } = target;
  return {
    host,
    port,
    ...(user === undefined ? {} : { user }),
    // Never a password of the environment or of ~/.pgpass: what the URL says is all that counts.
    password: password ?? "",
    ...(database === undefined ? {} : { database }),
    ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verify", ...(ca === undefined ? {} : { ca }) },
    // A server without TLS answers the request for it with this letter, which the driver turns into words only.
    stream: () => {
      const socket = new Socket();
      socket.once("connect", () => (seen.isConnected = true));
      if (tls !== "off") socket.once("data", (bytes) => (seen.offersNoTls = bytes[0] === NO));
      return socket;
    },
    application_name: "querygenie",
    keepAlive: true,
  };
}

const NO = "N".charCodeAt(0);

/** The server tells its version while it lets us in. */
function listenForVersion(client: Client, hear: (version: string) => void): void {
  const { connection } = client;
  connection.on("parameterStatus", (message: { parameterName: string; parameterValue: string }) => {
    if (message.parameterName === "server_version") hear(message.parameterValue);
  });
}

/** `16.4 (Debian …)` is 160004, `18beta1` is 180000. */
function versionNumber(text: string): number {
  const [major, minor] = text.split(".").map((part) => Number.parseInt(part, 10));
  return (major ?? 0) * 10_000 + (Number.isNaN(minor ?? 0) ? 0 : (minor ?? 0));
}

function abandon(client: Client): void {
  client.connection.stream.destroy();
}

/** Classes and codes of SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function asFailure(target: LiveTarget, error: unknown, otherwise: FailureKind): Error {
  if (error instanceof Error && "problems" in error) return error;
  const network = networkFailure(error);
  if (network !== undefined) return liveFailure(target, network);
  const state = errorsWithin(error)
    .map(codeOf)
    .find((code) => code !== undefined && /^[0-9A-Z]{5}$/.test(code));
  if (state === undefined) return liveFailure(target, otherwise);
  return liveFailure(target, STATES[state] ?? CLASSES[state.slice(0, 2)] ?? "refused", state);
}

const STATES: Readonly<Record<string, FailureKind>> = {
  "3D000": "no database",
  "42501": "denied",
  "53300": "full",
  "55P03": "slow",
  "57014": "slow",
  "57P03": "unreachable",
};
const CLASSES: Readonly<Record<string, FailureKind>> = { "08": "cut", "28": "sign-in", "57": "cut" };
