import { openApp, type AppSettings, type GithubApp } from "./github/open-app.ts";
import { openHandler, type HandlerParts } from "./open-handler.ts";
import { GRACE_MS, startServer, type RunningServer, type ServerOptions } from "./server.ts";

export interface ServeOptions extends Omit<ServerOptions, "handler" | "metrics" | "extra">, HandlerParts {
  /** The GitHub App. Default: the server is none. */
  readonly app?: AppSettings;
  /** Token with which others read `/metrics`. Default: only this machine does. */
  readonly metricsToken?: string;
}

/**
 * The site with its playground on one port: pages at once, queries as soon as the database is built. Closing it stops
 * both. What the database could not be given, and a start that fails, go to the log.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { metricsToken: token, ...listening } = options;
  let app: GithubApp | null = null;
  const opened = await openHandler({ ...options, isReady: () => app?.isReady() ?? true });
  const { handler, log, metrics } = opened;
  const close = (graceMs: number): Promise<void> => opened.close(app?.close(graceMs));
  try {
    // Its queue may be out of reach: what is open by now must not outlive that.
    if (options.app !== undefined) app = await openApp(options.app, { log, metrics, store: opened.store });
    const extra = app === null ? {} : { extra: app.route };
    const server = await startServer({ ...listening, ...extra, log, handler, metrics: { metrics, token } });
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
