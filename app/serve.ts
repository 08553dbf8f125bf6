import type { Assistant } from "./query/assistant.ts";
import { bears } from "./bearer-token.ts";
import { auditLog } from "./audit-log.ts";
import { openErrorReports } from "./error-reports.ts";
import { openApp, type AppSettings } from "./github/open-app.ts";
import { silentLog, type ServerLog } from "./log.ts";
import { openMetrics, type ServerMetrics } from "./metrics.ts";
import { callerRate } from "./query/caller-rate.ts";
import { createHandler } from "./query/handler.ts";
import { deferConnection } from "./query/defer-connection.ts";
import { embeddedInfo, openEmbeddedConnection, type EmbeddedOptions } from "./query/open-embedded.ts";
import type { QueryConnection } from "./query/query-connection.ts";
import { isThisMachine } from "#schemas/dialects/live-target.ts";
import { GRACE_MS, startServer, type RunningServer, type ServerOptions } from "./server.ts";

export interface ServeOptions extends Omit<ServerOptions, "handler" | "metrics" | "extra"> {
  /** What the embedded database is made of. Default: there is none, and without running databases no query function. */
  readonly database?: EmbeddedOptions;
  /** The GitHub App. Default: the server is none. */
  readonly app?: AppSettings;
  /** Makes who answers questions about the embedded database; `metrics` counts its calls of models. Default nobody. */
  readonly assistant?: (connection: QueryConnection, metrics: ServerMetrics) => Assistant;
  /** Running databases beside the embedded one. Closed with the server. Default: none. */
  readonly live?: readonly QueryConnection[];
  /** Who may use the running databases: everyone, or who bears the token; null for nobody. Default nobody. */
  readonly liveAccess?: "everyone" | { readonly token: string } | null;
  /** Version told in the OpenAPI document. */
  readonly version?: string;
  /** Requests one caller may send a minute; 0 for no limit. Default 0. */
  readonly ratePerMinute?: number;
  /** File of the audit log, or `-` for the log. Default: none. */
  readonly auditFile?: string;
  /** Sentry that hears of errors of the server. Default: none. */
  readonly sentryDsn?: string;
  /** Token with which others read `/metrics`. Default: only this machine does. */
  readonly metricsToken?: string;
}

/**
 * The site with its playground on one port: pages at once, queries as soon as the database is built. Closing it stops
 * both. What the database could not be given, and a start that fails, go to the log.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const {
    database,
    version,
    assistant,
    log: given = silentLog,
    sentryDsn,
    ratePerMinute = 0,
    auditFile,
    metricsToken,
    ...rest
  } = options;
  const reports = sentryDsn === undefined ? null : await openErrorReports(sentryDsn, { version: version ?? "0" });
  const log = reports?.around(given) ?? given;
  const metrics = await openMetrics();
  const audit = auditFile === undefined ? null : auditLog(auditFile, { log, now: () => new Date() });
  const embedded = database === undefined ? null : openEmbedded(database, log);
  const { live = [], liveAccess = null } = options;
  const connections = [...(embedded ? [embedded] : []), ...live];
  const app = options.app === undefined ? null : await openApp(options.app, { log, metrics });
  const { basePath, hosts, host } = rest;
  const handler = createHandler({
    connections,
    isReady: () => app?.isReady() ?? true,
    admits: ({ headers }, { engine }) =>
      engine === "embedded" ||
      liveAccess === "everyone" ||
      (liveAccess !== null && bears(headers.get("authorization"), liveAccess.token)),
    ...(assistant && embedded ? { assistants: new Map([[embedded.info.name, assistant(embedded, metrics)]]) } : {}),
    ...(basePath === undefined ? {} : { basePath }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(version === undefined ? {} : { version }),
    ...(ratePerMinute === 0 ? {} : { rate: callerRate({ perMinute: ratePerMinute, now: () => performance.now() }) }),
    takesAddresses: host !== undefined && !isThisMachine(host),
    observe(answered) {
      metrics.answered(answered);
      audit?.record(answered);
    },
    onError: (error) =>
      log.error("A query failed in the server.", { reason: error instanceof Error ? error.message : String(error) }),
  });
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all([...connections.map((one) => one.close()), app?.close(graceMs)]);
    await audit?.close();
    await reports?.close();
  };
  try {
    const extra = app === null ? {} : { extra: app.route };
    const server = await startServer({ ...rest, ...extra, log, handler, metrics: { metrics, token: metricsToken } });
    return {
      url: server.url,
      async close({ graceMs = GRACE_MS } = {}) {
        const end = performance.now() + graceMs;
        await server.close({ graceMs });
        await close(Math.max(0, end - performance.now()));
      },
    };
  } catch (error) {
    await close(0);
    throw error;
  }
}

function openEmbedded(database: EmbeddedOptions, log: ServerLog): QueryConnection {
  return deferConnection(embeddedInfo(database), openEmbeddedConnection(database), {
    limits: database.limits,
    onFailure: (error) => log.error(`Queries are not answered: ${error.message}`),
  });
}

/** Closes a server on SIGINT and SIGTERM, and resolves when it is closed. A second signal ends the process at once. */
export function closeOnSignal(server: RunningServer, signals: NodeJS.EventEmitter = process): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      signals.off("SIGINT", stop);
      signals.off("SIGTERM", stop);
      server.close().then(resolve, reject);
    };
    signals.once("SIGINT", stop);
    signals.once("SIGTERM", stop);
  });
}
