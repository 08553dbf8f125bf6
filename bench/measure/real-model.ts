import type { Client } from "pg";
import { catalogQuery } from "#schemas/dialects/postgres/catalog/query.ts";
import type { CatalogRows } from "#schemas/dialects/postgres/catalog/rows.ts";
import { catalogToModel } from "#schemas/dialects/postgres/catalog/to-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { applyFiles, type PreparedFile } from "#test/support/apply-files.ts";
import { startPostgres } from "#test/support/postgres.ts";

/** The catalog of a server, by the very query the embedded engine answers. */
async function introspect(client: Client): Promise<SchemaModel> {
  await client.query("reset all; set search_path = pg_catalog");
  const { rows } = await client.query<{ catalog: string }>(catalogQuery([]));
  const parsed: unknown = JSON.parse(rows[0]?.catalog ?? "");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The query returns one row with one JSON text of this shape.
  const catalog = parsed as CatalogRows;
  return catalogToModel(catalog, {
    evidence: "live",
    engine: { name: "PostgreSQL", version: catalog.version },
    complete: true,
  });
}

/** The whole job on a real server: a fresh cluster, all files, the model as text. */
export async function modelOnRealServer(
  files: readonly PreparedFile[],
): Promise<{ readonly seconds: number; readonly tables: number; readonly failed: readonly string[] }> {
  const started = performance.now();
  const server = await startPostgres();
  try {
    const { failed } = await applyFiles(server.client, files);
    const model = await introspect(server.client);
    JSON.stringify(model);
    return { seconds: (performance.now() - started) / 1000, tables: model.tables.length, failed };
  } finally {
    await server.close();
  }
}
