import { ProblemError } from "#schemas/problem.ts";
import type { LogFields, ServerLog } from "./log.ts";

/** Reports of what goes wrong with the server, for whoever looks after it. */
export interface ErrorReports {
  /** The log as it is; its errors are reported too. */
  readonly around: (log: ServerLog) => ServerLog;
  /** Resolves when what was reported is sent, or after two seconds. */
  readonly close: () => Promise<void>;
}

/** Fields of a log line that go along: names of our own making. What an error says may hold a query or a value. */
const TOLD = ["kind", "route", "event", "job", "delivery"] as const;
const CLOSE_MS = 2000;

/**
 * Reports to the Sentry of a DSN: sentences of the log with those fields, no text of an error, no request, no name of the
 * machine. Throws a `ProblemError` when Sentry's package is not installed.
 */
export async function openErrorReports(dsn: string, { version }: { readonly version: string }): Promise<ErrorReports> {
  const sentry = await import("@sentry/node").catch((error: unknown) => {
    throw notInstalled(error);
  });
  // A client alone: what `init` puts around HTTP and the process would see requests and their queries.
  const client = new sentry.NodeClient({
    dsn,
    release: `querygenie@${version}`,
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
    integrations: [],
    includeServerName: false,
    sendClientReports: false,
  });
  client.init();
  return {
    around: (log) => ({
      ...log,
      error(message, fields = {}) {
        log.error(message, fields);
        client.captureEvent({ level: "error", message, tags: toldOf(fields) });
      },
    }),
    async close() {
      await client.close(CLOSE_MS);
    },
  };
}

function toldOf(fields: LogFields): Record<string, string> {
  return Object.fromEntries(TOLD.flatMap((name) => (fields[name] === undefined ? [] : [[name, String(fields[name])]])));
}

function notInstalled(cause: unknown): Error {
  const message = "SENTRY_DSN is set, and the package @sentry/node is not installed";
  const help = "Install it beside QueryGenie: npm install @sentry/node@11. Without SENTRY_DSN nothing is reported.";
  return new ProblemError([{ code: "QG607", severity: "error", message, help }], 3, cause);
}
