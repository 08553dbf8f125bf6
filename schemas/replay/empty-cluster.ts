import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { isThere } from "./archives.ts";
import { HARNESS_SQL } from "./harness.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";

/** Starts an engine on a fresh `initdb`. */
type BootFresh = () => Promise<EmbeddedEngine>;

/**
 * Path of an archive of a cluster that holds nothing but the harness: the cached one, else one made from what is shipped
 * beside the bundle, else from a fresh `initdb`. Without a folder to keep it in, the shipped one as it is, which each
 * start unpacks anew (1.4 MB to 30, a third of a second), or undefined.
 */
export async function emptyCluster(cacheDir: string | undefined, boot: BootFresh): Promise<string | undefined> {
  const shipped = fileURLToPath(new URL("./empty-cluster.tar.br", import.meta.url));
  const isShipped = await isThere(shipped);
  if (cacheDir === undefined) return isShipped ? shipped : undefined;
  const path = join(cacheDir, `cluster-${clusterKey()}.tar`);
  if (await isThere(path)) return path;
  await mkdir(cacheDir, { recursive: true });
  const half = `${path}.${process.pid}`;
  try {
    if (isShipped) await pipeline(createReadStream(shipped), createBrotliDecompress(), createWriteStream(half));
    else await writeEmptyCluster(half, boot);
    await rename(half, path);
  } finally {
    await rm(half, { force: true });
  }
  return path;
}

/** Makes an empty cluster with the harness and writes it to `path`. Takes several seconds and most of a gigabyte. */
export async function writeEmptyCluster(path: string, boot: BootFresh): Promise<void> {
  const engine = await boot();
  try {
    await engine.exec(HARNESS_SQL);
    await engine.dumpTo(path);
  } finally {
    await engine.close();
  }
}

/** Changes with everything that changes the bytes of an empty cluster; the number with how `engine-host.ts` makes one. */
export function clusterKey(): string {
  return createHash("sha256").update(`2\n${pgliteVersion()}\n${HARNESS_SQL}`).digest("hex").slice(0, 16);
}

/** Version of the embedded engine's package, such as `0.5.14`. */
export function pgliteVersion(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@electric-sql/pglite");
  // The package does not export its manifest, so it is read by path.
  const manifest: unknown = require(join(entry, "..", "..", "package.json"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  return "unknown";
}
