import type { Client } from "pg";
import { catalogQuery } from "#schemas/dialects/postgres/catalog/query.ts";
import type { CatalogRows } from "#schemas/dialects/postgres/catalog/rows.ts";
import { catalogToModel } from "#schemas/dialects/postgres/catalog/to-model.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { startPostgres } from "./real-postgres.ts";

export interface PreparedFile {
  readonly path: string;
  readonly isTransaction: boolean;
  readonly statements: readonly string[];
}

/** Splits the files before the clock runs: a server's client sends them as they are. */
export const prepare = (files: readonly MigrationFile[]): PreparedFile[] =>
  files.map((file) => ({
    path: file.path,
    isTransaction: file.transaction !== "none",
    statements: splitStatements(file).statements.map(({ text }) => text),
  }));

/** SQLSTATE of a statement that refuses to run in a transaction. */
const NOT_IN_TRANSACTION = "25001";

/** Applies a history as fast as a runner can: a file is one message, and only what refuses that goes one by one. */
export async function applyFiles(
  client: Client,
  files: readonly PreparedFile[],
): Promise<{ readonly failed: readonly string[] }> {
  const failed: string[] = [];
  for (const { path, isTransaction, statements } of files) {
    if (statements.length === 0) continue;
    try {
      await client.query(`${isTransaction ? "begin;" : ""}${statements.join(";\n")}${isTransaction ? ";commit" : ""}`);
    } catch (error) {
      await client.query("rollback");
      if (!isState(error, NOT_IN_TRANSACTION)) failed.push(`${path}: ${String(error)}`);
      for (const statement of statements) {
        // What a real server refuses here is what it lacks; the count is printed beside the figure.
        await client.query(statement).catch((refused: unknown) => failed.push(`${path}: ${String(refused)}`));
      }
    }
  }
  return { failed };
}

/** The catalog of a server, by the very query the embedded engine answers. */
export async function introspect(client: Client): Promise<SchemaModel> {
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

const isState = (error: unknown, state: string): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === state;
