import { catalogToModel } from "#schemas/dialects/postgres/catalog/to-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readCatalog } from "#schemas/replay/read-model.ts";

/**
 * What the engine's schema is, as text that is equal for equal schemas. Call it inside a transaction that is rolled
 * back: it changes settings of the session.
 */
export async function schemaOf(engine: EmbeddedEngine): Promise<string> {
  // Rows are no part of the schema; a backfill may change what is known about them.
  return JSON.stringify(await readEngine(engine), (key, value: unknown) => (key === "rowEstimate" ? undefined : value));
}

/** The engine's schema as a model, without origins. Outside a transaction; the session is as before. */
export async function modelOf(engine: EmbeddedEngine): Promise<SchemaModel> {
  await engine.run("begin", { guarded: false });
  try {
    return await readEngine(engine);
  } finally {
    await engine.run("rollback", { guarded: false });
  }
}

async function readEngine(engine: EmbeddedEngine): Promise<SchemaModel> {
  const rows = await readCatalog(engine);
  return catalogToModel(rows, {
    evidence: "measured",
    engine: { name: "PostgreSQL", version: rows.version },
    complete: true,
  });
}
