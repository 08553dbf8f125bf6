import type { Assistant } from "./query/assistant.ts";
import { createHandler } from "./query/handler.ts";
import { deferConnection } from "./query/defer-connection.ts";
import { embeddedLabel, openEmbeddedConnection, type EmbeddedOptions } from "./query/open-embedded.ts";
import type { QueryConnection } from "./query/query-connection.ts";
import { startServer, type RunningServer, type ServerOptions } from "./server.ts";

export interface ServeOptions extends Omit<ServerOptions, "handler"> {
  /** What the embedded database is made of. */
  readonly database: EmbeddedOptions;
  /** Makes who answers questions about the embedded database. Default nobody. */
  readonly assistant?: (connection: QueryConnection) => Assistant;
  /** Version told in the OpenAPI document. */
  readonly version?: string;
}

/**
 * The site with its playground on one port: pages at once, queries as soon as the database is built. Closing it stops
 * both. What the database could not be given, and a start that fails, go to `tell`.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { database, version, assistant, tell = () => undefined, ...rest } = options;
  const connection = deferConnection(
    { name: "embedded", label: embeddedLabel(database), isDefault: true },
    openEmbeddedConnection(database),
    { limits: database.limits, onFailure: (error) => tell(`Queries are not answered: ${error.message}`) },
  );
  const { basePath, hosts } = rest;
  const handler = createHandler({
    connections: [connection],
    ...(assistant ? { assistants: new Map([[connection.info.name, assistant(connection)]]) } : {}),
    ...(basePath === undefined ? {} : { basePath }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(version === undefined ? {} : { version }),
    onError: (error) => tell(`A query failed in the server: ${error instanceof Error ? error.message : String(error)}`),
  });
  try {
    const server = await startServer({ ...rest, tell, handler });
    return {
      url: server.url,
      async close(closing) {
        await server.close(closing);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
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
