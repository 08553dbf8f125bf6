import { createHash } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HARNESS_SQL } from "./harness.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";

/** Starts an engine on a fresh `initdb`. */
type BootFresh = () => Promise<EmbeddedEngine>;

/**
 * Path of an archive of a cluster that holds nothing but the harness: the one shipped beside the bundle, else the
 * cached one, else one made now. Undefined when there is no folder to keep it in. The shipped one is compressed (1.4 MB
 * for 40), which costs a quarter of a second at each start.
 */
export async function emptyCluster(cacheDir: string | undefined, boot: BootFresh): Promise<string | undefined> {
  const shipped = fileURLToPath(new URL("./empty-cluster.tar.br", import.meta.url));
  if (await isThere(shipped)) return shipped;
  if (cacheDir === undefined) return undefined;
  const path = join(cacheDir, `cluster-${clusterKey()}.tar`);
  if (await isThere(path)) return path;
  await mkdir(cacheDir, { recursive: true });
  const half = `${path}.${process.pid}`;
  try {
    await writeEmptyCluster(half, boot);
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

/** Changes with everything that changes the bytes of an empty cluster. */
export function clusterKey(): string {
  return createHash("sha256").update(`${pgliteVersion()}\n${HARNESS_SQL}`).digest("hex").slice(0, 16);
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

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
