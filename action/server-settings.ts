import type { ServeOptions } from "#app/serve.ts";
import type { LogOptions } from "#app/log.ts";
import type { Environment } from "#schemas/config/environment.ts";
import { isOpenTo } from "./served-models.ts";

/** How the server listens and whom it answers; options of the command win over the environment. */
export type ServerSettings = Pick<
  ServeOptions,
  "port" | "isPortFixed" | "hosts" | "proxies" | "ratePerMinute" | "auditFile" | "metricsToken"
> & { readonly host: string; readonly log: Pick<LogOptions, "level" | "format"> };

export interface ServerFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Names besides those of the environment. */
  readonly hosts?: readonly string[] | undefined;
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
  const named = (environment.QUERYGENIE_HOSTS ?? "").split(",").map((name) => name.trim().toLowerCase());
  return {
    host,
    ...(port === undefined ? {} : { port }),
    // Whoever sets PORT has told others where to look; whoever types --port reads where it went.
    isPortFixed: flags.port === undefined && environment.PORT !== undefined,
    hosts: [...named.filter((name) => name !== ""), ...(flags.hosts ?? [])],
    proxies: environment.QUERYGENIE_PROXIES,
    ratePerMinute: environment.QUERYGENIE_RATE ?? (isOpenTo(host) ? OPEN_RATE : 0),
    ...(environment.QUERYGENIE_AUDIT_FILE === undefined ? {} : { auditFile: environment.QUERYGENIE_AUDIT_FILE }),
    ...(environment.QUERYGENIE_METRICS_TOKEN === undefined
      ? {}
      : { metricsToken: environment.QUERYGENIE_METRICS_TOKEN }),
    log: {
      level: environment.QUERYGENIE_LOG,
      format: environment.QUERYGENIE_LOG_FORMAT ?? (isTerminal ? "text" : "json"),
    },
  };
}
