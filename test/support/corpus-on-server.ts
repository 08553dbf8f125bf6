import { Client } from "pg";
import { loadFixtures } from "#action/load-fixtures.ts";
import { openProject } from "#action/project.ts";
import { generateFixtures, type Fixtures } from "#generators/fixtures/generate-fixtures.ts";
import { streamedParts } from "#generators/fixtures/write-script.ts";
import { quoteOwnRows } from "#generators/fixtures/sql.ts";
import { listFiles } from "#schemas/frameworks/listing.ts";
import { readSource } from "#schemas/frameworks/read-source.ts";
import { readReplayed } from "#schemas/replay/read-model.ts";
import { replay } from "#schemas/replay/replay.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { applyFiles, prepare } from "./apply-files.ts";
import { testCacheDir } from "./cache-dir.ts";
import { corpusWorld } from "./corpus-world.ts";
import type { PostgresServer } from "./postgres.ts";
import { silentProgress } from "./silent-progress.ts";

export interface CorpusSchema {
  readonly folder: string;
  /** Where its files are, when that is not found by itself. */
  readonly path?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** What the files take for given. */
  readonly before?: string;
}

/** The PostgreSQL schemas of the real repositories that replay. */
export const corpusSchemas: readonly CorpusSchema[] = [
  { folder: "authelia" },
  { folder: "chinook" },
  { folder: "coder", path: "coderd/database/dump.sql" },
  { folder: "formbricks" },
  { folder: "lago" },
  { folder: "makerkit" },
  { folder: "memos" },
  { folder: "pagila" },
  { folder: "quartz" },
  { folder: "sim" },
  {
    folder: "supabase-auth",
    path: "migrations",
    variables: { Namespace: "auth" },
    before: "CREATE SCHEMA auth",
  },
  { folder: "svix" },
  { folder: "trigger.dev" },
  { folder: "uaa" },
  { folder: "umami" },
];

export interface FilledCorpus {
  readonly tables: number;
  /** Tables without any row. */
  readonly empty: readonly string[];
  /** Generated tables with fewer rows than asked for, and what is said about all that is short. */
  readonly short: readonly string[];
  readonly said: readonly string[];
  /** Tables whose rows on the server are not as many as were promised. */
  readonly wrong: readonly string[];
  /** Statements of the schema that the server refused. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

/** Makes rows for a schema and loads them into a database of the server that ran the repository's own files. */
export async function fillOnServer(schema: CorpusSchema, rows: number, server: PostgresServer): Promise<FilledCorpus> {
  const { folder } = schema;
  const files = await filesOf(schema);
  const live = await replay(files, { cacheDir: testCacheDir });
  const started = performance.now();
  try {
    const { model } = await readReplayed(live, files.length);
    const made = await generateFixtures({ engine: live.engine, model, seed: "querygenie", rows });
    const seconds = (performance.now() - started) / 1000;
    const name = `corpus_${folder.replaceAll(/\W/g, "_")}_${rows}`;
    await server.client.query(`CREATE DATABASE ${name}`);
    const client = new Client({ ...server.connection, database: name });
    await client.connect();
    try {
      if (schema.before !== undefined) await client.query(schema.before);
      const { failed } = await applyFiles(client, prepare(files.map(withoutVectors)));
      await loadFixtures({
        url: `postgres://${server.connection.user}@${server.connection.host}:${server.connection.port}/${name}`,
        dialect: "postgres",
        parts: streamedParts(made, model, { copies: true }),
        total: made.tables.length,
        progress: silentProgress,
      });
      return { ...(await told(made, rows, client)), refused: failed, seconds };
    } finally {
      await client.end();
    }
  } finally {
    await live.engine.close();
  }
}

/** The server has no pgvector: its values are texts there. The embedded engine is the judge of those columns. */
const withoutVectors = (file: MigrationFile): MigrationFile => ({
  ...file,
  text: file.text.replaceAll(/(?:public\.)?\bvector\s*\(\d+\)/g, "text"),
});

async function filesOf({ folder, path, variables }: CorpusSchema): Promise<readonly MigrationFile[]> {
  const world = corpusWorld(folder);
  if (path !== undefined && variables) {
    const listing = await listFiles(world.workspace, { fileMegabytes: 64 });
    return (await readSource({ source: { path, variables }, listing, engine: "postgres" })).value;
  }
  const project = await openProject(world, { flags: { sources: path === undefined ? [] : [path] } });
  const [database] = project.databases;
  if (!database) throw new Error(`${folder} has no database`);
  return database.files;
}

async function told(
  { tables, problems }: Fixtures,
  rows: number,
  client: Client,
): Promise<Omit<FilledCorpus, "refused" | "seconds">> {
  const wrong: string[] = [];
  for (const { table, count } of tables) {
    const answer = await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${quoteOwnRows(table)}`);
    if (answer.rows[0]?.rows !== count) wrong.push(`${table.id}: ${answer.rows[0]?.rows} instead of ${count}`);
  }
  return {
    tables: tables.length,
    empty: tables.filter(({ count }) => count === 0).map(({ table }) => table.id),
    short: tables
      .filter(({ source, count }) => source === "generated" && count < rows)
      .map(({ table, count }) => `${table.id} ${count}`),
    said: problems.map(({ message }) => message),
    wrong,
  };
}
