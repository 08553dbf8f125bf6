import { homedir } from "node:os";
import { join } from "node:path";
import { environmentOf } from "#action/environment-of.ts";
import { readConnections } from "#action/live-connection.ts";
import { leastRolesOf, servedConnections } from "#action/served-connections.ts";
import { serverSettings, type ServerSettings } from "#action/server-settings.ts";
import { toolVersion } from "#action/tool-version.ts";
import { withoutSecrets } from "#action/without-secrets.ts";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { networkOf } from "../caller.ts";
import { serverLog, type ServerLog } from "../log.ts";
import { openHandler, type OpenedHandler } from "../open-handler.ts";
import { problemResponse } from "../query/problem-response.ts";

export interface QueryFunctionOptions {
  /** Folder of the configuration. Default: the folder that the process works in. */
  readonly cwd?: string;
}

/** The query function on a host that calls a function for each request. */
export interface QueryFunction {
  /**
   * Answers a request; never rejects. `caller` is the address that asks, by which it is limited how often; all who come
   * without one share a limit. The first request opens what is needed; a setting that cannot be used is told to the log,
   * and to callers as 503.
   */
  readonly fetch: (request: Request, from?: { readonly caller?: string | undefined }) => Promise<Response>;
  /** Closes the connections; for tests and for hosts that say when they end. */
  readonly close: () => Promise<void>;
}

/** Bytes of rows in one answer: with JSON's own signs it stays below 4.5 MB, the least that a host takes (Vercel). */
const MOST_ANSWER_BYTES = 2 * 1024 * 1024;

/**
 * The query function by the environment and the configuration, on running databases alone: a function's instance has
 * neither the memory nor the time in which the embedded engine starts, and no disk that stays.
 */
export function queryFunction({ cwd = process.cwd() }: QueryFunctionOptions = {}): QueryFunction {
  let opening: Promise<OpenedHandler> | undefined;
  return {
    async fetch(request, { caller = "" } = {}) {
      let opened: OpenedHandler;
      try {
        opened = await (opening ??= open(cwd));
      } catch (error) {
        // The next request tries again: a database's password may have been set by then.
        opening = undefined;
        tell(error);
        const message = "The query function cannot start.";
        const help = "Whoever runs it finds the reason in its log.";
        return problemResponse({ code: "QG608", severity: "error", message, help });
      }
      const response = await opened.handler.handle(request, networkOf(caller));
      // The host may stop the process as soon as it has the answer.
      await opened.settled();
      return response;
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      await opened?.close();
    },
  };
}

async function open(cwd: string): Promise<OpenedHandler> {
  const environment = environmentOf(process.env);
  // Whoever calls comes from elsewhere, by the host's own proxy.
  const settings = serverSettings(
    environment,
    { host: "0.0.0.0", home: join(homedir(), ".local", "state") },
    {
      isTerminal: false,
    },
  );
  const missing = missingSettings(settings);
  if (missing.length > 0) throw new ProblemError(missing, 2);
  const place = { world: { root: cwd, workspace: folderWorkspace(cwd) } };
  const { limits, connections } = await readConnections(place);
  const resultMegabytes = Math.min(limits.resultMegabytes, MOST_ANSWER_BYTES / 1024 / 1024);
  const live = await servedConnections(place, settings.connections, { ...limits, resultMegabytes });
  const { log: _log, app: _app, ...rest } = settings;
  return openHandler({
    ...rest,
    live,
    leastRoles: leastRolesOf(connections),
    version: toolVersion(),
    log: functionLog(settings.log),
  });
}

/** What a function needs and a server does not. */
function missingSettings({ connections, signIn }: ServerSettings): readonly Problem[] {
  const problem = (name: string, help: string): Problem => ({
    code: "QG601",
    severity: "error",
    message: `the environment variable ${name} is missing`,
    help,
  });
  return [
    ...(connections.length === 0
      ? [
          problem(
            "QUERYGENIE_CONNECTIONS",
            "A function has no embedded database: name the running ones that it queries.",
          ),
        ]
      : []),
    ...(signIn?.store.kind === "embedded"
      ? [problem("DATABASE_URL", "A function has no disk that stays: sessions and history need a PostgreSQL.")]
      : []),
  ];
}

function functionLog({ level, format }: Pick<ServerSettings["log"], "level" | "format">): ServerLog {
  const write = (line: string): void => void process.stderr.write(`${line}\n`);
  const clean = (text: string): string => withoutSecrets(text, process.env);
  return serverLog({ level, format, write, now: () => new Date(), clean });
}

/** Says why it cannot start. The settings may be what is wrong, so the log has its own. */
function tell(error: unknown): void {
  const log = functionLog({ level: "error", format: "json" });
  const message = "The query function cannot start.";
  if (!(error instanceof ProblemError)) {
    return log.error(message, { reason: error instanceof Error ? error.message : String(error) });
  }
  for (const problem of error.problems)
    log.error(message, { code: problem.code, reason: problem.message, help: problem.help });
}
