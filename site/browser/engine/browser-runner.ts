import type { SiteEngine } from "#generators/site-data/engine.ts";
import { extensionFile } from "#generators/site-data/engine.ts";
import { extensionModules } from "#schemas/replay/extensions.ts";
import { link } from "../../link.ts";
import type { QueryRequest, QueryRunner, Refusal, RunOutcome, ExplainOutcome } from "../query-runner.ts";
import type { WorkerReply, WorkerRequest } from "./protocol.ts";

/** Milliseconds a query may take before the engine is ended. */
const LONGEST_MS = 30_000;
/** A query that has run for so long may be stopped: a second engine starts beside it, to take its place. */
const SPARE_AFTER_MS = 1000;
/** Rows the page takes; more fill its memory. */
const MOST_ROWS = 100_000;
const MOST_BYTES = 64 * 1024 * 1024;

export interface BrowserEngine extends QueryRunner {
  /** Starts the engine before the first query does. */
  start(): Promise<void>;
  /** Ends the engine and starts a fresh one: all is as when the site was made. */
  reset(): Promise<void>;
}

/**
 * PostgreSQL in a worker of this page. The engine cannot be asked to stop, so a query that is cancelled or runs too
 * long ends its worker. A spare one has started beside it by then. `onStage` hears what a start is doing, and null when it
 * is done.
 */
export function browserEngine(settings: SiteEngine, onStage: (text: string | null) => void): BrowserEngine {
  let current: Promise<EngineWorker> | undefined;
  let spare: Promise<EngineWorker> | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const begin = (say: typeof onStage): Promise<EngineWorker> => {
    const started = startWorker(settings, say);
    // Whoever waits for it learns why it fails; the next one tries again.
    started.catch(() => {
      if (current === started) current = undefined;
      if (spare === started) spare = undefined;
    });
    return started;
  };
  const open = (): Promise<EngineWorker> => (current ??= begin(onStage));
  const replace = async (): Promise<void> => {
    const old = current;
    current = spare;
    spare = undefined;
    (await old?.catch(() => undefined))?.end();
    // Whoever asks next learns of a start that fails.
    void open().catch(() => undefined);
  };
  const ask = async (request: WorkerRequest, signal: AbortSignal | undefined): Promise<WorkerReply | Refusal> => {
    if (signal?.aborted) return stopped;
    const worker = await open().catch((error: unknown): Refusal => notStarted(error));
    if ("kind" in worker) return worker;
    if (signal?.aborted) return stopped;
    const slow = setTimeout(() => (spare ??= begin(() => undefined)), SPARE_AFTER_MS);
    const outcome = await Promise.race([worker.ask(request), limit(LONGEST_MS, signal)]).finally(() =>
      clearTimeout(slow),
    );
    const isKind = typeof outcome === "object";
    if (isKind && outcome.kind !== "broken") return outcome;
    await replace();
    if (isKind) return broken(outcome.kind === "broken" ? outcome.message : "");
    return outcome === "stopped" ? stopped : tooLong;
  };
  const inTurn = (request: WorkerRequest, signal: AbortSignal | undefined): Promise<WorkerReply | Refusal> => {
    const turn = queue.then(() => ask(request, signal));
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    about: "PostgreSQL runs in this page, on the sample data. Nothing leaves your browser.",
    async start() {
      await open();
    },
    reset: replace,
    async run({ sql, params = [], signal }: QueryRequest): Promise<RunOutcome> {
      const reply = await inTurn({ kind: "run", sql, params, maxRows: MOST_ROWS, maxBytes: MOST_BYTES }, signal);
      return reply.kind === "rows" ? reply : refusalOf(reply);
    },
    async check({ sql, params = [], signal }: QueryRequest): Promise<Refusal | null> {
      const reply = await inTurn({ kind: "check", sql, params }, signal);
      return reply.kind === "holds" ? null : refusalOf(reply);
    },
    async explain({ sql, params = [], signal }: QueryRequest): Promise<ExplainOutcome> {
      const reply = await inTurn({ kind: "explain", sql, params }, signal);
      return reply.kind === "plan" ? reply : refusalOf(reply);
    },
  };
}

interface EngineWorker {
  ask(request: WorkerRequest): Promise<WorkerReply>;
  end(): void;
}

async function startWorker(settings: SiteEngine, onStage: (text: string | null) => void): Promise<EngineWorker> {
  const absolute = (path: string): string => new URL(link(path), location.href).href;
  const worker = new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" });
  let settle: ((reply: WorkerReply) => void) | undefined;
  worker.addEventListener("message", ({ data }: MessageEvent<WorkerReply>) => {
    if (data.kind === "stage") onStage(data.text);
    else settle?.(data);
  });
  worker.addEventListener("error", ({ message }) => settle?.({ kind: "broken", message }));
  const running: EngineWorker = {
    ask: (request) =>
      new Promise((resolve) => {
        settle = resolve;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin to name.
        worker.postMessage(request);
      }),
    end: () => worker.terminate(),
  };
  const extensions = extensionModules(settings.extensions).map(({ name, specifier }) => ({
    name,
    url: absolute(settings.folder + extensionFile(specifier)),
  }));
  const state = absolute(settings.state);
  const reply = await running.ask({ kind: "start", engine: absolute(settings.folder), state, extensions });
  onStage(null);
  if (reply.kind === "ready") return running;
  worker.terminate();
  throw new Error(reply.kind === "broken" ? reply.message : "The engine gave no sign of life.");
}

function limit(milliseconds: number, signal: AbortSignal | undefined): Promise<"stopped" | "too long"> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve("too long"), milliseconds);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve("stopped")), { once: true });
  });
}

const READ_ONLY = "25006";

function refusalOf(reply: WorkerReply | Refusal): Refusal {
  if (reply.kind === "refusal") return reply;
  if (reply.kind !== "refused") return broken(reply.kind);
  const title = reply.sqlstate === READ_ONLY ? "The playground only reads" : "PostgreSQL refuses this query";
  return { kind: "refusal", title, detail: [reply.message, reply.help].filter(Boolean).join("\n") };
}

const stopped: Refusal = {
  kind: "refusal",
  title: "Stopped",
  detail: "The query was stopped. The database is started afresh.",
};

const tooLong: Refusal = {
  kind: "refusal",
  title: `The query ran longer than ${LONGEST_MS / 1000} s`,
  detail: "It was stopped, and the database is started afresh. Narrow it by a condition, or look at its plan.",
};

function broken(message: string): Refusal {
  const detail = `The database in this page stopped and is started afresh. Run the query again. (${message})`;
  return { kind: "refusal", title: "The database stopped", detail };
}

function notStarted(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  const detail = `The database could not be started in this browser: ${reason}. Saved queries show the answers they had when this site was made.`;
  return { kind: "refusal", title: "No database here", detail };
}
