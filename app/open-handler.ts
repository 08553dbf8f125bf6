import { isThisMachine } from "#schemas/dialects/live-target.ts";
import { auditLog } from "./audit-log.ts";
import type { AnswerCache } from "./cache/answer-cache.ts";
import { cachedAssistant } from "./cache/cached-assistant.ts";
import { cachedConnection } from "./cache/cached-connection.ts";
import { openCache } from "./cache/open-cache.ts";
import { openErrorReports } from "./error-reports.ts";
import { silentLog, type ServerLog } from "./log.ts";
import { openMetrics, type ServerMetrics } from "./metrics.ts";
import type { Assistant } from "./query/assistant.ts";
import { callerRate } from "./query/caller-rate.ts";
import { deferConnection } from "./query/defer-connection.ts";
import { createHandler, type QueryHandler } from "./query/handler.ts";
import { embeddedInfo, openEmbeddedConnection, type EmbeddedOptions } from "./query/open-embedded.ts";
import type { QueryConnection } from "./query/query-connection.ts";
import type { ServerStore } from "./store/server-store.ts";
import { openPeople, type AccessSettings } from "./sign-in/open-people.ts";

/** What the query function is made of, whoever calls it. */
export interface HandlerParts extends AccessSettings {
  /** What the embedded database is made of. Default: there is none, and without running databases no query function. */
  readonly database?: EmbeddedOptions;
  /** Makes who answers questions about the embedded database; `metrics` counts its calls of models. Default nobody. */
  readonly assistant?: (connection: QueryConnection, metrics: ServerMetrics) => Assistant;
  /** Running databases beside the embedded one. Closed with the handler. Default: none. */
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
  /** Path under which everything is served, such as `/shop`. Default none. */
  readonly basePath?: string;
  /** Host names of this server besides `localhost` and its addresses. Default none. */
  readonly hosts?: readonly string[];
  /** Address that is listened on, which says whether others reach it. Default: this machine's own. */
  readonly host?: string;
  readonly log?: ServerLog;
}

export interface OpenedHandler {
  readonly handler: QueryHandler;
  /** The log that was given, with reports of its errors. */
  readonly log: ServerLog;
  readonly metrics: ServerMetrics;
  /** What the server remembers; absent where nobody can sign in. */
  readonly store: ServerStore | undefined;
  /** Resolves when what was answered so far is written down, or has failed. */
  readonly settled: () => Promise<void>;
  /** Closes what was opened; the connections while `others` ends, all else when both are done. */
  readonly close: (others?: Promise<void>) => Promise<void>;
}

/**
 * The query function with everything behind it. Throws `ProblemError` for settings that cannot be used. `isReady` is
 * asked by `/readyz` beside the connections.
 */
export async function openHandler(
  options: HandlerParts & { readonly isReady?: () => boolean },
): Promise<OpenedHandler> {
  const { database, version, assistant, sentryDsn, ratePerMinute = 0, auditFile, cacheSeconds = 0, redisUrl } = options;
  const { log: given = silentLog, basePath, hosts, host, live = [], isReady } = options;
  const reports = sentryDsn === undefined ? null : await openErrorReports(sentryDsn, { version: version ?? "0" });
  const log = reports?.around(given) ?? given;
  const metrics = await openMetrics();
  // Its settings may be wrong: nothing that has to be closed is open yet.
  const known = await openPeople(options, { log, metrics, basePath: basePath ?? "" });
  const cache = cacheSeconds === 0 ? null : await openCache({ redisUrl }, log);
  const audit = auditFile === undefined ? null : auditLog(auditFile, { log, now: () => new Date() });
  const embedded = database === undefined ? null : openEmbedded(database, log);
  const connections = cached([...(embedded ? [embedded] : []), ...live], { cache, seconds: cacheSeconds, metrics });
  const handler = createHandler({
    connections,
    gate: known.gate,
    people: known.people,
    ...(isReady === undefined ? {} : { isReady }),
    ...(assistant && embedded
      ? { assistants: new Map([[embedded.info.name, withCache(assistant(embedded, metrics), embedded, cache)]]) }
      : {}),
    ...(basePath === undefined ? {} : { basePath }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(version === undefined ? {} : { version }),
    ...(ratePerMinute === 0 ? {} : { rate: callerRate({ perMinute: ratePerMinute, now: () => performance.now() }) }),
    takesAddresses: host !== undefined && !isThisMachine(host),
    observe(answered) {
      if (answered.isHidden !== true) metrics.answered(answered);
      audit?.record(answered);
      known.record(answered);
    },
    onError: (error) =>
      log.error("A query failed in the server.", { reason: error instanceof Error ? error.message : String(error) }),
  });
  return {
    handler,
    log,
    metrics,
    store: known.store,
    settled: () => known.settled(),
    async close(others) {
      await Promise.all([...connections.map((one) => one.close()), others]);
      await cache?.close();
      await audit?.close();
      await known.close();
      await reports?.close();
    },
  };
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
