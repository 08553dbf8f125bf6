import type { Assistant } from "./query/assistant.ts";
import { auditLog } from "./audit-log.ts";
import type { AnswerCache } from "./cache/answer-cache.ts";
import { cachedAssistant } from "./cache/cached-assistant.ts";
import { cachedConnection } from "./cache/cached-connection.ts";
import { openCache } from "./cache/open-cache.ts";
import { openErrorReports } from "./error-reports.ts";
import { openApp, type AppSettings, type GithubApp } from "./github/open-app.ts";
import { silentLog, type ServerLog } from "./log.ts";
import { openMetrics, type ServerMetrics } from "./metrics.ts";
import { callerRate } from "./query/caller-rate.ts";
import { createHandler } from "./query/handler.ts";
import { deferConnection } from "./query/defer-connection.ts";
import { embeddedInfo, openEmbeddedConnection, type EmbeddedOptions } from "./query/open-embedded.ts";
import type { QueryConnection } from "./query/query-connection.ts";
import { openPeople, type AccessSettings } from "./sign-in/open-people.ts";
import { isThisMachine } from "#schemas/dialects/live-target.ts";
import { GRACE_MS, startServer, type RunningServer, type ServerOptions } from "./server.ts";

export interface ServeOptions extends Omit<ServerOptions, "handler" | "metrics" | "extra">, AccessSettings {
  /** What the embedded database is made of. Default: there is none, and without running databases no query function. */
  readonly database?: EmbeddedOptions;
  /** The GitHub App. Default: the server is none. */
  readonly app?: AppSettings;
  /** Makes who answers questions about the embedded database; `metrics` counts its calls of models. Default nobody. */
  readonly assistant?: (connection: QueryConnection, metrics: ServerMetrics) => Assistant;
  /** Running databases beside the embedded one. Closed with the server. Default: none. */
  readonly live?: readonly QueryConnection[];
  /** Version told in the OpenAPI document. */
  readonly version?: string;
  /** Requests one caller may send a minute; 0 for no limit. Default 0. */
  readonly ratePerMinute?: number;
  /** File of the audit log, or `-` for the log. Default: none. */
  readonly auditFile?: string;
  /** Seconds for which an answer may be given again; 0 for none. Default 0. */
  readonly cacheSeconds?: number;
  /** Redis behind the cache, which several servers may share. Default: the cache is this process's own. */
  readonly redisUrl?: string;
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
    cacheSeconds = 0,
    redisUrl,
    ...rest
  } = options;
  const reports = sentryDsn === undefined ? null : await openErrorReports(sentryDsn, { version: version ?? "0" });
  const log = reports?.around(given) ?? given;
  const metrics = await openMetrics();
  const { basePath, hosts, host } = rest;
  // Its settings may be wrong: nothing that has to be closed is open yet.
  const known = await openPeople(options, { log, metrics, basePath: basePath ?? "" });
  const cache = cacheSeconds === 0 ? null : await openCache({ redisUrl }, log);
  const audit = auditFile === undefined ? null : auditLog(auditFile, { log, now: () => new Date() });
  const embedded = database === undefined ? null : openEmbedded(database, log);
  const { live = [] } = options;
  const connections = cached([...(embedded ? [embedded] : []), ...live], { cache, seconds: cacheSeconds, metrics });
  let app: GithubApp | null = null;
  const handler = createHandler({
    connections,
    isReady: () => app?.isReady() ?? true,
    gate: known.gate,
    people: known.people,
    ...(assistant && embedded
      ? { assistants: new Map([[embedded.info.name, withCache(assistant(embedded, metrics), embedded, cache)]]) }
      : {}),
    ...(basePath === undefined ? {} : { basePath }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(version === undefined ? {} : { version }),
    ...(ratePerMinute === 0 ? {} : { rate: callerRate({ perMinute: ratePerMinute, now: () => performance.now() }) }),
    takesAddresses: host !== undefined && !isThisMachine(host),
    observe(answered) {
      metrics.answered(answered);
      audit?.record(answered);
      known.record(answered);
    },
    onError: (error) =>
      log.error("A query failed in the server.", { reason: error instanceof Error ? error.message : String(error) }),
  });
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all([...connections.map((one) => one.close()), app?.close(graceMs)]);
    await cache?.close();
    await audit?.close();
    await known.close();
    await reports?.close();
  };
  try {
    // Its queue may be out of reach: what is open by now must not outlive that.
    if (options.app !== undefined) app = await openApp(options.app, { log, metrics });
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

/** The connections, each with the cache before it; without a cache as they are. */
function cached(
  connections: readonly QueryConnection[],
  { cache, seconds, metrics }: { cache: AnswerCache | null; seconds: number; metrics: ServerMetrics },
): readonly QueryConnection[] {
  if (cache === null) return connections;
  const help = "Queries by what the cache of answers did: gave one, kept one, or was passed by.";
  const count = metrics.counter({ name: "query_cache_total", help }, "outcome");
  return connections.map((one) => cachedConnection(one, { cache, seconds, now: Date.now, count }));
}

const withCache = (assistant: Assistant, connection: QueryConnection, cache: AnswerCache | null): Assistant =>
  cache === null
    ? assistant
    : cachedAssistant(assistant, { cache, revision: () => connection.revision, now: Date.now });

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
