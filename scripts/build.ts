/** `npm run build`: the package's JavaScript in dist/, which is what runs where Node strips no types. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { rolldown } from "rolldown";
import { writeEmptyCluster } from "#schemas/replay/empty-cluster.ts";
import { bootEngine } from "#schemas/replay/pglite-engine.ts";
import { external } from "./external.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** Programs of the package. Each is an entry of its own; what they share goes into chunks beside them. */
const entries = {
  cli: "action/cli.ts",
  // Forked by the file that holds schemas/replay/pglite-engine.ts, which looks for it beside itself.
  "engine-host": "schemas/replay/engine-host.ts",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await bundle();
await writeCluster(join(dist, "empty-cluster.tar.gz"));

async function bundle(): Promise<void> {
  const started = performance.now();
  const bundled = await rolldown({
    cwd: root,
    input: entries,
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
  });
  const { output } = await bundled.write({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    // No folder for chunks: a file looks for its neighbours beside itself.
    chunkFileNames: "[name]-[hash].js",
    minify: false,
  });
  await bundled.close();
  const bytes = output.reduce((sum, file) => sum + (file.type === "chunk" ? file.code.length : 0), 0);
  console.log(`dist: ${output.length} files, ${(bytes / 1e6).toFixed(2)} MB, ${seconds(started)}`);
}

/** The archive every engine starts from, so that no user waits for an initdb. */
async function writeCluster(path: string): Promise<void> {
  const started = performance.now();
  const plain = path.slice(0, -".gz".length);
  await writeEmptyCluster(plain, () => bootEngine({}));
  await pipeline(createReadStream(plain), createGzip({ level: constants.Z_BEST_COMPRESSION }), createWriteStream(path));
  await rm(plain);
  console.log(`empty cluster: ${((await stat(path)).size / 1e6).toFixed(1)} MB, ${seconds(started)}`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
