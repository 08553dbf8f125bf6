import { catalogToModel } from "#schemas/dialects/postgres/catalog/to-model.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { readCatalog } from "#schemas/replay/read-model.ts";

/**
 * What the engine's schema is, as text that is equal for equal schemas. Call it inside a transaction that is rolled
 * back: it changes settings of the session.
 */
export async function schemaOf(engine: EmbeddedEngine): Promise<string> {
  const rows = await readCatalog(engine);
  const model = catalogToModel(rows, {
    evidence: "measured",
    engine: { name: "PostgreSQL", version: rows.version },
    complete: true,
  });
  // Rows are no part of the schema; a backfill may change what is known about them.
  return JSON.stringify(model, (key, value: unknown) => (key === "rowEstimate" ? undefined : value));
}
