import { join } from "node:path";
import type { ServeOptions } from "#app/serve.ts";
import type { LogOptions } from "#app/log.ts";
import { isThisMachine } from "#schemas/dialects/live-target.ts";
import type { Environment } from "#schemas/config/environment.ts";
import { isOpenTo } from "./served-models.ts";

/** How the server listens and whom it answers; options of the command win over the environment. */
export type ServerSettings = Pick<
  ServeOptions,
  | "port"
  | "isPortFixed"
  | "hosts"
  | "proxies"
  | "ratePerMinute"
  | "auditFile"
  | "metricsToken"
  | "liveAccess"
  | "machines"
  | "signIn"
  | "isPrivate"
  | "cacheSeconds"
  | "redisUrl"
  | "sentryDsn"
> & {
  readonly host: string;
  readonly log: Pick<LogOptions, "level" | "format">;
  /** Whether others than this machine reach it, by themselves or by a proxy. */
  readonly isOpen: boolean;
  /** Names of the running databases that it queries. */
  readonly connections: readonly string[];
  /** The GitHub App, less the folder of the caches; absent when the environment names none. */
  readonly app?: Omit<NonNullable<ServeOptions["app"]>, "cacheDir">;
};

export interface ServerFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Names besides those of the environment. */
  readonly hosts?: readonly string[] | undefined;
  /** Folder of the state of programs; what the server must not lose is below it. */
  readonly home: string;
}

/** Requests a minute that one caller of an open server may send: a person at a playground needs far fewer. */
const OPEN_RATE = 120;

/** The settings of a server. `isTerminal`: a person reads its log. */
export function serverSettings(
  environment: Environment,
  flags: ServerFlags,
  { isTerminal }: { readonly isTerminal: boolean },
): ServerSettings {
  const host = flags.host ?? environment.HOST;
  const port = flags.port ?? environment.PORT;
  const url = environment.QUERYGENIE_URL === undefined ? undefined : new URL(environment.QUERYGENIE_URL);
  const own = url === undefined || isThisMachine(url.hostname.replace(/^\[|\]$/g, "")) ? [] : [url.hostname];
  const hosts = [...new Set([...listOf(environment.QUERYGENIE_HOSTS?.toLowerCase()), ...own, ...(flags.hosts ?? [])])];
  // A proxy on this machine brings others, and so does a name.
  const isOpen = isOpenTo(host) || environment.QUERYGENIE_PROXIES > 0 || hosts.length > 0;
  const token = environment.QUERYGENIE_TOKEN;
  return {
    host,
    ...(port === undefined ? {} : { port }),
    // Whoever sets PORT has told others where to look; whoever types --port reads where it went.
    isPortFixed: flags.port === undefined && environment.PORT !== undefined,
    hosts,
    isOpen,
    connections: listOf(environment.QUERYGENIE_CONNECTIONS),
    liveAccess: accessTo({ isOpen, token }),
    ...(environment.QUERYGENIE_TOKENS === undefined ? {} : { machines: environment.QUERYGENIE_TOKENS }),
    ...signInOf(environment, flags.home),
    cacheSeconds: environment.QUERYGENIE_ANSWER_SECONDS,
    ...(environment.REDIS_URL === undefined ? {} : { redisUrl: environment.REDIS_URL }),
    ...(environment.QUERYGENIE_PRIVATE === "true" ? { isPrivate: true } : {}),
    proxies: environment.QUERYGENIE_PROXIES,
    ratePerMinute: environment.QUERYGENIE_RATE ?? (isOpen ? OPEN_RATE : 0),
    ...(environment.QUERYGENIE_AUDIT_FILE === undefined ? {} : { auditFile: environment.QUERYGENIE_AUDIT_FILE }),
    ...(environment.QUERYGENIE_METRICS_TOKEN === undefined
      ? {}
      : { metricsToken: environment.QUERYGENIE_METRICS_TOKEN }),
    ...(environment.SENTRY_DSN === undefined ? {} : { sentryDsn: environment.SENTRY_DSN }),
    ...appOf(environment, flags.home),
    log: {
      level: environment.QUERYGENIE_LOG,
      format: environment.QUERYGENIE_LOG_FORMAT ?? (isTerminal ? "text" : "json"),
    },
  };
}

const listOf = (text: string = ""): readonly string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** A token is asked for wherever there is one; without it nobody from elsewhere reads a running database. */
function accessTo({ isOpen, token }: { readonly isOpen: boolean; readonly token: string | undefined }) {
  if (token !== undefined) return { token };
  return isOpen ? null : "everyone";
}

function signInOf(environment: Environment, home: string): Pick<ServerSettings, "signIn"> {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, QUERYGENIE_SECRET: secret } = environment;
  const { QUERYGENIE_URL: url, QUERYGENIE_REPOSITORY: repository, DATABASE_URL: database } = environment;
  if (clientId === undefined || clientSecret === undefined || secret === undefined) return {};
  if (url === undefined || repository === undefined) return {};
  const scope = environment.GITHUB_OAUTH_SCOPE;
  const roles = environment.QUERYGENIE_ROLES;
  const signIn = {
    clientId,
    clientSecret,
    secret,
    origin: new URL(url).origin,
    repository,
    ...githubOf(environment),
    ...(scope === undefined ? {} : { scope }),
    ...(roles === undefined ? {} : { roles }),
    store:
      database === undefined
        ? { kind: "embedded" as const, folder: join(dataDirOf(environment, home), "store") }
        : { kind: "postgres" as const, url: database },
    retentionDays: environment.QUERYGENIE_RETENTION_DAYS,
  };
  return { signIn };
}

/** GitHub's addresses, without a slash at their end. */
const githubOf = (environment: Environment) => ({
  serverUrl: (environment.GITHUB_SERVER_URL ?? "https://github.com").replace(/\/+$/, ""),
  apiUrl: (environment.GITHUB_API_URL ?? "https://api.github.com").replace(/\/+$/, ""),
});

const dataDirOf = (environment: Environment, home: string): string =>
  environment.QUERYGENIE_DATA_DIR ?? join(home, "querygenie");

function appOf(environment: Environment, home: string): Pick<ServerSettings, "app"> {
  const { GITHUB_APP_ID: id, GITHUB_APP_PRIVATE_KEY: privateKey, GITHUB_WEBHOOK_SECRET: secret } = environment;
  if (id === undefined || privateKey === undefined || secret === undefined) return {};
  const before = environment.GITHUB_WEBHOOK_SECRET_BEFORE;
  const app = {
    id,
    privateKey,
    secrets: [secret, ...(before === undefined ? [] : [before])],
    ...githubOf(environment),
    dataDir: dataDirOf(environment, home),
    ...(environment.QUERYGENIE_AI_KEYS === undefined ? {} : { aiKeys: environment.QUERYGENIE_AI_KEYS }),
    ...(environment.REDIS_URL === undefined ? {} : { redisUrl: environment.REDIS_URL }),
    ...(environment.DATABASE_URL === undefined ? {} : { databaseUrl: environment.DATABASE_URL }),
  };
  return { app };
}
