import { fileURLToPath } from "node:url";
import { openLive } from "#schemas/dialects/live-readers.ts";
import { applyFiles, prepare } from "#test/support/apply-files.ts";
import { postgresTarget } from "#test/support/live-targets.ts";
import { startPostgres, whyNoPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { runCommand } from "../measure/run-command.ts";
import { loadPeer } from "../peers/load-peer.ts";
import type { Bench, Row, Scenario } from "../scenario.ts";
import { generateSchema } from "../schema/generate-schema.ts";

/** What we use of the peer. */
interface ExtractPgSchema {
  extractSchemas(
    connection: object,
    options: { readonly schemas: readonly string[] },
  ): Promise<Record<string, { readonly tables: readonly unknown[] }>>;
}

/** Reading the catalog of a running server, sign-in included, against other readers on the same server. */
export const introspect: Scenario = {
  name: "introspect",
  gives: ["introspect memory"],
  about: "the catalog of 1,000 tables on a real server, against extract-pg-schema; drizzle-kit pull is reported",
  isDefault: true,
  async run(bench) {
    const missing = await whyNoPostgres();
    if (missing !== null) return missing;
    const peer = await loadPeer<ExtractPgSchema>("extract-pg-schema");
    if (typeof peer === "string") return peer;
    const server = await startPostgres();
    try {
      const files = generateSchema({ tables: 1000, seed: 1 }).files;
      const { failed } = await applyFiles(
        server.client,
        prepare(files.map((file) => ({ ...file, version: file.path, transaction: "file" }))),
      );
      if (failed.length > 0) return `the server refused a statement: ${failed[0]}`;
      return [await compare(bench, server, peer), await memory(bench, server)];
    } finally {
      await server.close();
    }
  },
};

async function compare(bench: Bench, server: PostgresServer, peer: ExtractPgSchema): Promise<Row> {
  const { rows } = await server.client.query<{ name: string }>(
    "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'",
  );
  const schemas = rows.map(({ name }) => name);
  const ours: number[] = [];
  const theirs: number[] = [];
  let counts = "";
  for (let run = 0; run < bench.runs; run++) {
    const started = performance.now();
    const live = await openLive(postgresTarget(server.connection));
    const { model } = await live.readModel();
    await live.close();
    ours.push((performance.now() - started) / 1000);
    const again = performance.now();
    const extracted = await peer.extractSchemas(server.connection, { schemas });
    theirs.push((performance.now() - again) / 1000);
    const found = Object.values(extracted).flatMap(({ tables }) => tables).length;
    bench.say(`introspect: ${ours.at(-1)?.toFixed(2)} s, extract-pg-schema ${theirs.at(-1)?.toFixed(2)} s`);
    counts = `${model.tables.length} tables, ${found} by the peer`;
  }
  const facts = `${counts}; ${await drizzlePull(bench, server)}`;
  const target = { most: 1 / TIMES_FASTER, of: "ratio" } as const;
  return { name: "introspect", unit: "s", ours, peer: theirs, peerName: "extract-pg-schema", target, facts };
}

/** What must hold: the peer takes at least so many times as long. */
const TIMES_FASTER = 20;
const MOST_MEGABYTES = 400;

/** The whole process of `model --live`. */
async function memory(bench: Bench, server: PostgresServer): Promise<Row> {
  process.env[VARIABLE] = urlOf(server);
  const cwd = await bench.folder();
  const cacheDir = await bench.emptyCache();
  const ours: number[] = [];
  for (let run = 0; run < bench.runs; run++) {
    const { peakMegabytes } = await bench.cli(["model", "--live", VARIABLE, "--quiet"], { cwd, cacheDir });
    if (peakMegabytes !== null) ours.push(peakMegabytes);
  }
  return { name: "introspect memory", unit: "MB", ours, target: { most: MOST_MEGABYTES, of: "ours" } };
}

const VARIABLE = "BENCH_DATABASE_URL";

const urlOf = ({ connection: { user, host, port, database } }: PostgresServer): string =>
  `postgres://${user}@${host}:${port}/${database}`;

/** drizzle-kit crashes on some databases: then its time to the crash is told. Once, for it takes minutes. */
async function drizzlePull(bench: Bench, server: PostgresServer): Promise<string> {
  const peers = fileURLToPath(new URL("../peers/", import.meta.url));
  const args = ["--no-install", "drizzle-kit", "pull", "--dialect", "postgresql", "--url", urlOf(server)];
  const all = ["--schemaFilters", "*", "--out", await bench.folder()];
  const { seconds, exitCode } = await runCommand("npx", [...args, ...all], { cwd: peers });
  const end = exitCode === 0 ? "" : `, and ended with ${String(exitCode)}`;
  return `drizzle-kit pull took ${seconds.toFixed(1)} s${end}`;
}
