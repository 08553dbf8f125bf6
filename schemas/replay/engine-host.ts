/**
 * The process that holds the embedded engine. It has no host file system for SQL to reach (the engine's files live in
 * memory), answers one request at a time, and is killed by its parent when a statement runs too long.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Extension, PGlite as PGliteInstance } from "@electric-sql/pglite";
import { extensionModules } from "./extensions.ts";
import { watchMemory } from "./memory-watch.ts";
import { deflate, inflate } from "./file-sizes.ts";
import { SMALL_SERVER } from "./small-server.ts";
import { PACKED, readPacked } from "./packed-file.ts";
import { readRows } from "./read-rows.ts";
import type {
  Answer,
  BatchResult,
  EngineFault,
  EngineReply,
  EngineRequest,
  RunResult,
  TransactionState,
} from "./protocol.ts";
import type { EngineResult } from "#schemas/ports.ts";

let pg: PGliteInstance | undefined;

process.on("message", (request: EngineRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit(0));

async function answer(request: EngineRequest): Promise<EngineReply> {
  try {
    return { ok: true, value: await handle(request) };
  } catch (error) {
    return { ok: false, fault: toFault(error) };
  }
}

const pglite = (): Promise<typeof import("@electric-sql/pglite")> => import("@electric-sql/pglite");

type Value = Extract<EngineReply, { ok: true }>["value"];

async function handle(request: EngineRequest): Promise<Value> {
  if (request.kind === "boot") {
    watchMemory(request.memoryBytes ?? Number.POSITIVE_INFINITY);
    return await boot(request.from, request.extensions);
  }
  if (!pg) throw new Error("The engine has not been started.");
  switch (request.kind) {
    case "query": {
      const notices: string[] = [];
      const result = await pg.query<Record<string, unknown>>(request.sql, [...request.params], {
        rowMode: request.rowMode,
        onNotice: (notice) => notices.push(notice.message ?? ""),
      });
      return toResult(result, notices);
    }
    case "exec": {
      const notices: string[] = [];
      const results = await pg.exec(request.sql, {
        rowMode: request.rowMode,
        onNotice: (notice) => notices.push(notice.message ?? ""),
      });
      return results.map((result) => toResult(result, notices));
    }
    case "run":
      return await run(pg, request.sql, request.guarded);
    case "batch":
      return await batch(pg, request.statements);
    case "each":
      return await each(pg, request.statements);
    case "inflate":
      inflate(pg, request.files);
      return null;
    case "deflate":
      deflate(pg);
      return null;
    case "read":
      return await readRows(await pglite(), pg, request);
    case "copy": {
      const result = await pg.query(request.sql, [], { blob: new Blob([new Uint8Array(request.data)]) });
      return result.affectedRows ?? 0;
    }
    case "dump": {
      const archive = await pg.dumpDataDir("none");
      const bytes = new Uint8Array(await archive.arrayBuffer());
      if (request.to === undefined) return bytes;
      await writeFile(request.to, bytes);
      return null;
    }
  }
}

/** Segments of the write-ahead log are made whole, 16 MB each by default. */
const SMALL_LOG: readonly string[] = ["--wal-segsize=1"];

async function boot(from: string | undefined, names: readonly string[]): Promise<{ version: string }> {
  const { PGlite } = await pglite();
  const extensions: Record<string, Extension> = {};
  for (const { name, specifier } of extensionModules(names)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A module of the package exports exactly one extension under a name of its own.
    const module = (await import(specifier)) as Record<string, Extension>;
    const extension = Object.values(module)[0];
    if (extension) extensions[name] = extension;
  }
  const options = {
    ...(await shippedFiles()),
    extensions,
    relaxedDurability: true,
    startParams: [...PGlite.defaultStartParams, ...SMALL_SERVER],
    initDbStartParams: [...SMALL_LOG],
  };
  pg = await PGlite.create(
    from === undefined ? options : { ...options, loadDataDir: new Blob([await readPacked(from)]) },
  );
  const { rows } = await pg.query<{ version: string }>("select current_setting('server_version') as version");
  return { version: rows[0]?.version.split(" ")[0] ?? "" };
}

/** The engine finds its files by itself, but not what the action ships packed. */
async function shippedFiles(): Promise<{ readonly fsBundle?: Blob }> {
  const data = join(dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite")), "pglite.data");
  return existsSync(data + PACKED) ? { fsBundle: new Blob([await readPacked(data)]) } : {};
}

/** Runs one statement as a migration runner would; `guarded` keeps the open transaction alive when it fails. */
async function run(engine: PGliteInstance, sql: string, guarded: boolean): Promise<RunResult> {
  const notices: string[] = [];
  if (guarded) await send(engine, "SAVEPOINT _querygenie", []);
  const outcome = await send(engine, sql, notices);
  if (!guarded) return outcome;
  // The statement itself may have ended the transaction; then the savepoint is gone too.
  if (outcome.state === "idle") return outcome;
  const after =
    outcome.error === undefined
      ? await send(engine, "RELEASE SAVEPOINT _querygenie", [])
      : await send(engine, "ROLLBACK TO SAVEPOINT _querygenie", []);
  return { ...outcome, state: after.state };
}

/** Runs statements one after the other, up to the first that fails; then an open transaction is rolled back. */
async function batch(engine: PGliteInstance, statements: readonly string[]): Promise<BatchResult> {
  const notices: string[][] = [];
  for (const sql of statements) {
    const { error, state, notices: said } = await send(engine, sql, []);
    if (error) {
      if (state !== "idle") await send(engine, "ROLLBACK", []);
      return { notices, isFailed: true };
    }
    notices.push([...said]);
  }
  return { notices, isFailed: false };
}

/** Runs statements one after the other, whatever becomes of the others, and gives their rows as text. */
async function each(engine: PGliteInstance, statements: readonly string[]): Promise<readonly Answer[]> {
  const { protocol } = await pglite();
  const answers: Answer[] = [];
  for (const sql of statements) {
    const { messages } = await engine.execProtocol(protocol.serialize.query(sql), { throwOnError: false });
    const rows: (readonly (string | null)[])[] = [];
    let error: EngineFault | undefined;
    for (const message of messages) {
      if (message.name === "error") error ??= toFault(message);
      if (isDataRow(message)) rows.push(message.fields);
    }
    answers.push(error === undefined ? { rows } : { rows, error });
  }
  return answers;
}

const isDataRow = (message: object): message is { readonly fields: readonly (string | null)[] } =>
  "name" in message && message.name === "dataRow" && "fields" in message && Array.isArray(message.fields);

async function send(engine: PGliteInstance, sql: string, notices: string[]): Promise<RunResult> {
  const { protocol } = await pglite();
  const { messages } = await engine.execProtocol(protocol.serialize.query(sql), {
    throwOnError: false,
    onNotice: (notice) => notices.push(notice.message ?? ""),
  });
  let error: EngineFault | undefined;
  let state: TransactionState = "idle";
  for (const message of messages) {
    if (message.name === "error") error ??= toFault(message);
    if (message.name === "readyForQuery") state = stateOf(message);
  }
  return error === undefined ? { notices, state } : { notices, state, error };
}

function stateOf(message: object): TransactionState {
  const status = "status" in message ? message.status : "I";
  if (status === "T") return "open";
  return status === "E" ? "failed" : "idle";
}

interface RawResult {
  readonly rows: Record<string, unknown>[];
  readonly fields: { name: string; dataTypeID: number }[];
  readonly affectedRows?: number;
}
function toResult(result: RawResult, notices: readonly string[]): EngineResult {
  return {
    fields: result.fields.map((field) => ({ name: field.name, type: field.dataTypeID })),
    rows: result.rows,
    affectedRows: result.affectedRows ?? 0,
    notices,
  };
}

function toFault(error: unknown): EngineFault {
  if (!(error instanceof Error)) return { code: "crashed", message: String(error) };
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const sqlstate = text("code");
  const facts = {
    sqlstate,
    detail: text("detail"),
    hint: text("hint"),
    position: text("position") === undefined ? undefined : Number(text("position")),
    table: text("table"),
    column: text("column"),
    constraint: text("constraint"),
  };
  const fault: EngineFault = { code: sqlstate?.length === 5 ? "sql" : "crashed", message: error.message };
  for (const [key, value] of Object.entries(facts)) if (value !== undefined) Object.assign(fault, { [key]: value });
  return fault;
}
