/** `npm run build`: the package's JavaScript in dist/, or in the folder given, which is what runs where Node strips no types. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, globSync, readFileSync, statSync } from "node:fs";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress } from "node:zlib";
import { rolldown } from "rolldown";
import { clusterKey, writeEmptyCluster } from "#schemas/replay/empty-cluster.ts";
import { PACKED } from "#schemas/replay/packed-file.ts";
import { bootEngine } from "#schemas/replay/pglite-engine.ts";
import { copyMermaid } from "#action/site/mermaid-files.ts";
import { external } from "./external.ts";
import { leanMermaid } from "./lean-mermaid.ts";

const root = join(import.meta.dirname, "..");
const dist = resolve(process.argv[2] ?? join(root, "dist"));

/** Programs of the package. Each is an entry of its own; what they share goes into chunks beside them. */
const entries = {
  cli: "action/cli.ts",
  // What GitHub Actions starts.
  main: "action/main.ts",
  "site-step": "action/site/site-step.ts",
  // What other hosts import as querygenie/function.
  function: "app/hosts/function.ts",
  // Forked by the file that holds schemas/replay/pglite-engine.ts, which looks for it beside itself.
  "engine-host": "schemas/replay/engine-host.ts",
};

/** Packages the action needs at run time, with the files of each that it reads. */
const vendored: Readonly<Record<string, string>> = {
  "@electric-sql/pglite": "dist/**/*.{js,wasm,data,gz}",
  "@electric-sql/pglite-pgvector": "dist/**/*.{js,gz}",
  "libpg-query": "wasm/*.{js,wasm}",
  "@resvg/resvg-wasm": "*.{mjs,wasm}",
  "dejavu-fonts-ttf": "ttf/DejaVuSans{,-Bold,Mono}.ttf",
};

/** What gzip makes much larger than Brotli: GitHub packs the action's download by gzip. Their readers take either form. */
const LARGE =
  "{mermaid/**/*.mjs,node_modules/{@resvg,dejavu-fonts-ttf}/**/*.{wasm,ttf},node_modules/@electric-sql/pglite/dist/pglite.data}";

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await bundle();
await vendor();
// What the site copies for guides with diagrams.
await copyMermaid(join(dist, "mermaid"));
await copyFile(join(root, "app/hosts/published.d.ts"), join(dist, "function.d.ts"));
await packLarge();
await writeCluster(join(dist, "empty-cluster.tar.br"));

async function bundle(): Promise<void> {
  const started = performance.now();
  const bundled = await rolldown({
    cwd: root,
    input: entries,
    platform: "node",
    tsconfig: join(root, "tsconfig.json"),
    plugins: [leanMermaid()],
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
  });
  const { output } = await bundled.write({
    dir: dist,
    format: "esm",
    entryFileNames: "[name].js",
    // No folder for chunks: a file looks for its neighbours beside itself.
    chunkFileNames: "[name]-[hash].js",
    // Names stay, for what an error says; what only readers of the source need does not.
    minify: { compress: false, mangle: true, codegen: { removeWhitespace: true } },
    keepNames: true,
  });
  await bundled.close();
  const bytes = output.reduce((sum, file) => sum + (file.type === "chunk" ? file.code.length : 0), 0);
  console.log(`dist: ${output.length} files, ${(bytes / 1e6).toFixed(2)} MB, ${seconds(started)}`);
}

/**
 * The action runs from a tag without an installation: what is not in the bundle lies beside it, less what only browsers
 * and debuggers read. The package leaves this folder out.
 */
async function vendor(): Promise<void> {
  let bytes = 0;
  for (const [name, files] of Object.entries(vendored)) {
    for (const path of ["package.json", ...globSync(files, { cwd: join(root, "node_modules", name) })]) {
      const from = join(root, "node_modules", name, path);
      if (/\/(live|worker|node-postgres)\//.test(path)) continue;
      const to = join(dist, "node_modules", name, path);
      await mkdir(dirname(to), { recursive: true });
      await copyFile(from, to);
      bytes += statSync(to).size;
    }
  }
  // Their folders are found by `require.resolve`, which wants these files; nothing loads them.
  for (const file of [
    "@electric-sql/pglite/dist/index.cjs",
    "@electric-sql/pglite-pgvector/dist/index.cjs",
    "@resvg/resvg-wasm/index.js",
  ])
    await writeFile(join(dist, "node_modules", file), "");
  console.log(`beside it: ${Object.keys(vendored).length} packages, ${(bytes / 1e6).toFixed(1)} MB`);
}

async function packLarge(): Promise<void> {
  const started = performance.now();
  let bytes = 0;
  for (const name of globSync(LARGE, { cwd: dist })) {
    const path = join(dist, name);
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 32);
    const kept = join(root, "node_modules/.cache/querygenie-build", `${hash}${PACKED}`);
    if (!existsSync(kept)) await packInto(kept, path);
    await copyFile(kept, path + PACKED);
    await rm(path);
    bytes += statSync(kept).size;
  }
  console.log(`packed: ${(bytes / 1e6).toFixed(1)} MB, ${seconds(started)}`);
}

/** Packs a file as small as can be, which takes its time, in one piece or not at all. */
async function packInto(kept: string, path: string): Promise<void> {
  const half = `${kept}.${process.pid}`;
  await mkdir(dirname(kept), { recursive: true });
  // A window of 16 MB sees that the three databases of a new cluster hold the same files: 1.4 MB, where gzip makes 4.5.
  const zip = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    },
  });
  await pipeline(createReadStream(path), zip, createWriteStream(half));
  await rename(half, kept);
}

/** The archive every engine starts from, so that no user waits for an initdb. Kept while the engine is the same. */
async function writeCluster(path: string): Promise<void> {
  const started = performance.now();
  const kept = join(root, "node_modules/.cache/querygenie-build", `cluster-${clusterKey()}.tar.br`);
  if (!existsSync(kept)) {
    const plain = path.slice(0, -PACKED.length);
    await writeEmptyCluster(plain, () => bootEngine({}));
    await packInto(kept, plain);
    await rm(plain);
  }
  await copyFile(kept, path);
  console.log(`empty cluster: ${(statSync(path).size / 1e6).toFixed(1)} MB, ${seconds(started)}`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
