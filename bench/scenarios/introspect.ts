import { applyFiles, prepare } from "#test/support/apply-files.ts";
import { introspect as readCatalog } from "../measure/real-model.ts";
import { startPostgres, whyNoPostgres } from "#test/support/postgres.ts";
import { loadPeer } from "../peers/load-peer.ts";
import type { Scenario } from "../scenario.ts";
import { generateSchema } from "../schema/generate-schema.ts";

/** What we use of the peer. */
interface ExtractPgSchema {
  extractSchemas(
    connection: object,
    options: { readonly schemas: readonly string[] },
  ): Promise<Record<string, { readonly tables: readonly unknown[] }>>;
}

/** Reading the catalog of a running server, against another reader on the same server. */
export const introspect: Scenario = {
  name: "introspect",
  about: "the catalog of 1,000 tables on a real server, against extract-pg-schema",
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
      const { rows } = await server.client.query<{ name: string }>(
        "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'",
      );
      const schemas = rows.map(({ name }) => name);
      const ours: number[] = [];
      const theirs: number[] = [];
      let facts = "";
      for (let run = 0; run < bench.runs; run++) {
        const started = performance.now();
        const model = await readCatalog(server.client);
        ours.push((performance.now() - started) / 1000);
        const again = performance.now();
        const extracted = await peer.extractSchemas(server.connection, { schemas });
        theirs.push((performance.now() - again) / 1000);
        const found = Object.values(extracted).flatMap(({ tables }) => tables).length;
        bench.say(`introspect: ${ours.at(-1)?.toFixed(2)} s, extract-pg-schema ${theirs.at(-1)?.toFixed(2)} s`);
        facts = `${model.tables.length} tables, ${found} by the peer`;
      }
      return [{ name: "introspect", unit: "s", ours, peer: theirs, peerName: "extract-pg-schema", facts }];
    } finally {
      await server.close();
    }
  },
};
