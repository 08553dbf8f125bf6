import { createHash } from "node:crypto";
import { catalogQuery } from "../dialects/postgres/catalog/query.ts";
import type { CatalogRows } from "../dialects/postgres/catalog/rows.ts";
import { catalogToModel } from "../dialects/postgres/catalog/to-model.ts";
import type { SchemaModel } from "../model.ts";
import { EngineError, type Store } from "../ports.ts";
import type { Problem } from "../problem.ts";
import type { MigrationFile } from "../source.ts";
import { isBookkeepingTable } from "./bookkeeping.ts";
import { clusterKey } from "./empty-cluster.ts";
import { HARNESS_SCHEMA } from "./harness.ts";
import { RESET_SESSION } from "./reset-session.ts";
import { withoutPreludes } from "./without-preludes.ts";
import { replay, type Replay, type ReplayOptions } from "./replay.ts";

/** A model and what its replay said, as the cache keeps them. */
export interface ReadModel {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
  readonly files: number;
  readonly statements: {
    readonly total: number;
    readonly applied: number;
    readonly shimmed: number;
    readonly failed: number;
  };
}

/** Raise it when the same files may give another model: the query, the mapping or the replay changed. */
const READER_VERSION = 3;

/**
 * The model of a history. From `store` when the same files were read before by the same engine; `keep` gets the live
 * replay otherwise, engine included, and must close it; without `keep` it is closed here.
 */
export async function readModel(
  files: readonly MigrationFile[],
  options: ReplayOptions & { readonly store?: Store; readonly keep?: (live: Replay) => void } = {},
): Promise<ReadModel> {
  const key = modelKey(files);
  const cached = await options.store?.get(key);
  if (cached) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Written below by the same reader version, which is part of the key.
    return JSON.parse(new TextDecoder().decode(cached)) as ReadModel;
  }
  const live = await replay(files, options);
  try {
    const read = await readReplayed(live, files.length);
    await options.store?.set(key, new TextEncoder().encode(JSON.stringify(read)));
    options.keep?.(live);
    return read;
  } finally {
    if (!options.keep) await live.engine.close();
  }
}

/** The model of what a replay left in its engine. */
export async function readReplayed(live: Replay, files: number): Promise<ReadModel> {
  const { engine, recorder, problems, preludes } = live;
  const statements = live.statements.filter(({ statement }) => !preludes.has(statement.span.file));
  const rows = await readCatalog(engine);
  const all = catalogToModel(rows, {
    evidence: "measured",
    engine: { name: "PostgreSQL", version: rows.version.split(" ")[0] ?? rows.version },
    complete: !problems.some((problem) => problem.makesIncomplete === true),
    originOf: recorder.originOf,
    missingExtensions: live.missingExtensions,
    isBookkeeping: (_schema, table) => isBookkeepingTable(table),
  });
  const model = withoutPreludes(all, preludes);
  const count = (outcome: string): number => statements.filter((statement) => statement.outcome === outcome).length;
  return {
    model,
    problems,
    files: files - preludes.size,
    statements: {
      total: statements.length,
      applied: count("applied"),
      shimmed: count("shimmed") + count("stubbed"),
      failed: count("failed"),
    },
  };
}

/** Everything the engine holds. Leaves the session with the catalog's search path. */
export async function readCatalog(engine: Pick<Replay["engine"], "exec" | "query">): Promise<CatalogRows> {
  await engine.exec(RESET_SESSION);
  await engine.exec("set search_path = pg_catalog");
  const { rows } = await engine.query(catalogQuery([HARNESS_SCHEMA]));
  const text = rows[0]?.["catalog"];
  // An engine with a changed client encoding answers with no row and no error.
  if (rows.length !== 1 || typeof text !== "string") {
    throw new EngineError("crashed", `The engine returned ${rows.length} rows where its catalog was asked for.`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The query's shape and the type are written side by side in dialects/postgres/catalog.
  return JSON.parse(text) as CatalogRows;
}

/** Equal for equal files, in order, read by the same engine with the same harness. */
export function modelKey(files: readonly MigrationFile[]): string {
  const hash = createHash("sha256").update(`model ${READER_VERSION} ${clusterKey()}\n`);
  for (const { path, transaction, firstLine = 1, isPrelude = false, text } of files) {
    const facts = [path, transaction, firstLine, text.length, ...(isPrelude ? ["prelude"] : [])];
    hash.update(JSON.stringify(facts)).update(text);
  }
  return `model-${hash.digest("hex")}`;
}
