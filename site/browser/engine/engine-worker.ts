/**
 * The worker that holds the embedded engine. It runs one request at a time, has no files but its own memory, and is
 * ended by the page when a statement runs too long. Reading only is a convenience here, no wall: all it holds are the
 * fixtures that everyone may download, and each query begins with a session that is reset.
 */
import type { Extension, PGlite } from "@electric-sql/pglite";
import { toCells } from "#generators/queries/cells.ts";
import { parsePlan } from "#generators/queries/plan.ts";
import { planWarnings } from "#generators/queries/plan-warnings.ts";
import { openingOf, TYPE_NAMES, typeNamesParameters } from "#generators/queries/read-transaction.ts";
import { readRows } from "#schemas/replay/read-rows.ts";
import { SMALL_SERVER } from "#schemas/replay/small-server.ts";
import type { Statement, WorkerReply, WorkerRequest } from "./protocol.ts";

type Pglite = typeof import("@electric-sql/pglite");

interface Running {
  readonly module: Pglite;
  readonly engine: PGlite;
}

let running: Running | undefined;

self.addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => void handle(data));

async function handle(request: WorkerRequest): Promise<void> {
  try {
    if (request.kind === "start") {
      running = await start(request);
      say({ kind: "ready" });
    } else if (running) say(await answer(running, request));
  } catch (error) {
    say(running ? refusalOf(error) : { kind: "broken", message: messageOf(error) });
  }
}

function say(reply: WorkerReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin to name.
  self.postMessage(reply);
}

/** The bytes of a module without anything in it: the state brings a cluster, so none is made. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

async function start({ engine, state, extensions }: Extract<WorkerRequest, { kind: "start" }>): Promise<Running> {
  say({ kind: "stage", text: "Loading the database engine" });
  const [module, loadDataDir, pgliteWasmModule, data, ...loaded] = await Promise.all([
    // A folder of plain files: a bundler would take the engine apart.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The file is that of the package; a computed path has no type.
    import(/* @vite-ignore */ `${engine}index.js`) as Promise<Pglite>,
    unpacked(state),
    compiled(`${engine}pglite.wasm`),
    fetched(`${engine}pglite.data`).then((response) => response.blob()),
    ...extensions.map(async ({ name, url }): Promise<[string, Extension]> => {
      const found: Record<string, Extension> = await import(/* @vite-ignore */ url);
      const [extension] = Object.values(found);
      if (!extension) throw new Error(`The extension ${name} has no module.`);
      return [name, extension];
    }),
  ]);
  say({ kind: "stage", text: "Starting the database" });
  const started = await module.PGlite.create({
    extensions: Object.fromEntries(loaded),
    relaxedDurability: true,
    startParams: [...module.PGlite.defaultStartParams, ...SMALL_SERVER],
    loadDataDir,
    pgliteWasmModule,
    initdbWasmModule: await WebAssembly.compile(EMPTY_MODULE),
    fsBundle: data,
  });
  return { module, engine: started };
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} did not load: ${response.status}`);
  return response;
}

/** Streams where the server names the type: browsers keep what they compiled from a stream. */
async function compiled(url: string): Promise<WebAssembly.Module> {
  const response = await fetched(url);
  const isNamed = response.headers.get("content-type")?.startsWith("application/wasm") === true;
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Some servers unpack a `.gz` on the way, so the bytes say what they are. */
async function unpacked(url: string): Promise<Blob> {
  const blob = await (await fetched(url)).blob();
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return new Blob([blob], { type: "application/x-tar" });
  const tar = await new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return new Blob([tar], { type: "application/x-tar" });
}

async function answer(
  { engine, module }: Running,
  request: Exclude<WorkerRequest, { kind: "start" }>,
): Promise<WorkerReply> {
  await engine.exec(openingOf({ role: true, readOnly: true }));
  try {
    const begin = performance.now();
    if (request.kind === "check") {
      // Only a SELECT can be a cursor's, and none that changes data inside; the engine itself says so. It is planned
      // and never fetched from, and a second statement is refused.
      await engine.query(`declare querygenie_check no scroll cursor for ${request.sql}`, [...request.params]);
      return { kind: "holds" };
    }
    if (request.kind === "explain") return { kind: "plan", plan: await planOf({ engine, module }, request) };
    const result = await readRows(module, engine, request);
    const elapsedMs = performance.now() - begin;
    const names = await readRows(module, engine, {
      sql: TYPE_NAMES,
      params: typeNamesParameters(result.fields),
      maxRows: result.fields.length,
      maxBytes: request.maxBytes,
    });
    const columns = result.fields.map(({ name }, at) => ({ name, type: names.rows[at]?.[0] ?? "" }));
    const rows = toCells(result);
    return { kind: "rows", rows: { columns, rows, rowCount: rows.length, truncated: result.hasMore }, elapsedMs };
  } finally {
    await engine.exec("rollback");
  }
}

async function planOf(running: Running, statement: Statement) {
  const tree = parsePlan((await explain(running, statement, "format json, verbose")).join("\n"));
  const text = (await explain(running, statement, "format text")).join("\n");
  return { tree, text, warnings: planWarnings(tree, {}) };
}

const MOST_PLAN_LINES = 10_000;

async function explain(
  { engine, module }: Running,
  { sql, params }: Statement,
  options: string,
): Promise<readonly string[]> {
  const { rows } = await readRows(module, engine, {
    sql: `explain (${options}) ${sql}`,
    params,
    maxRows: MOST_PLAN_LINES,
    maxBytes: Number.MAX_SAFE_INTEGER,
  });
  return rows.map(([line]) => line ?? "");
}

function refusalOf(error: unknown): WorkerReply {
  const text = (key: string): string => {
    const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined;
    return typeof value === "string" ? value : "";
  };
  const sqlstate = text("code");
  // What is no message of PostgreSQL is a fault of the engine: its memory may be lost.
  if (sqlstate.length !== 5) return { kind: "broken", message: messageOf(error) };
  return { kind: "refused", message: messageOf(error), help: text("hint") || text("detail"), sqlstate };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
