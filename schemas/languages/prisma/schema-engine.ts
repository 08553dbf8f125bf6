import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * Prisma's own schema engine, in WebAssembly and without a database: it writes the script that makes a schema from
 * nothing. An entry point that Prisma does not document, so the version is pinned and tried out before it is believed.
 * It knows PostgreSQL only.
 */
export interface SchemaEngine {
  /** The script of the whole schema; throws what Prisma says against it. */
  script(files: readonly { readonly path: string; readonly content: string }[]): Promise<string>;
}

let shared: Promise<SchemaEngine | null> | undefined;

/** The engine of this process; null when it is not there or does not answer as it should. */
export function loadSchemaEngine(): Promise<SchemaEngine | null> {
  shared ??= startSchemaEngine().catch(() => null);
  return shared;
}

/** Throws when the package is not what it was when this was written. */
async function startSchemaEngine(): Promise<SchemaEngine | null> {
  // Where the engine leaves the message of a panic; it is thrown as an error as well.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: () => undefined } });
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const script = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(fileURLToPath(new URL("schema_engine_bg.wasm", script)));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
  const engine: SchemaEngine = {
    async script(files) {
      const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
      const made = await glue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
      try {
        const answer = await made.diff({
          from: { tag: "empty" },
          to: { tag: "schemaDatamodel", files: [...files] },
          script: true,
          exitCode: null,
          filters: { externalTables: [], externalEnums: [] },
        });
        return answer.stdout ?? "";
      } finally {
        made.free();
      }
    },
  };
  return (await isSound(engine)) ? engine : null;
}

/** A schema whose script is known: another answer means another engine. */
async function isSound(engine: SchemaEngine): Promise<boolean> {
  const content = `datasource db {\n  provider = "postgresql"\n}\nmodel Order {\n  id Int @id\n  state String @unique\n}\n`;
  const script = await engine.script([{ path: "schema.prisma", content }]);
  return ['CREATE TABLE "Order"', 'CONSTRAINT "Order_pkey"', 'CREATE UNIQUE INDEX "Order_state_key"'].every((part) =>
    script.includes(part),
  );
}

const errorRegistry = { consumeError: () => undefined };

/** A database that holds nothing. */
const connection = {
  provider: "postgres",
  adapterName: "querygenie",
  errorRegistry,
  queryRaw: () => Promise.resolve({ ok: true, value: { columnTypes: [], columnNames: [], rows: [] } }),
  executeRaw: () => Promise.resolve({ ok: true, value: 0 }),
  executeScript: () => Promise.resolve({ ok: true, value: undefined }),
  getConnectionInfo: () => ({ ok: true, value: { schemaName: "public", supportsRelationJoins: true } }),
  startTransaction: () => Promise.reject(new Error("the schema engine needs no transaction")),
  dispose: () => Promise.resolve({ ok: true, value: undefined }),
};

const adapter = {
  provider: "postgres",
  adapterName: "querygenie",
  errorRegistry,
  connect: () => Promise.resolve({ ok: true, value: connection }),
  connectToShadowDb: () => Promise.resolve({ ok: true, value: connection }),
};
