import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { extensionFile, type SiteEngine } from "#generators/site-data/engine.ts";
import { isThere } from "#schemas/replay/archives.ts";
import { pgliteVersion } from "#schemas/replay/empty-cluster.ts";
import { readPacked } from "#schemas/replay/packed-file.ts";
import { extensionModules } from "#schemas/replay/extensions.ts";
import { tarEntries } from "./tar-entries.ts";

const require = createRequire(import.meta.url);

/** An engine for a site: what the pages must know of it, and its files, which are written beside the pages. */
export interface EngineFiles {
  readonly engine: SiteEngine;
  write(outDir: string): Promise<void>;
}

/**
 * The embedded engine for browsers, with the state of a built database (see `buildDatabase`) to start from. 16 MB of
 * engine, the same for every commit, and 1.5 MB of state for an empty database.
 */
export async function engineFiles(
  database: { readonly path: string; readonly extensions: readonly string[] },
  workDir: string,
): Promise<EngineFiles> {
  const state = await packedState(database.path, workDir);
  const folder = `engine/${pgliteVersion()}/`;
  const copies = await engineCopies(database.extensions);
  const sizes = await Promise.all(copies.map(async ({ from }) => (await readPacked(from)).length));
  const engine: SiteEngine = {
    folder,
    state: `engine/state-${state.hash}.tar.gz`,
    // Servers pack the engine on the way to about a third (measured: 16.2 MB to 5.7).
    bytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) * SERVED) + state.bytes,
    extensions: database.extensions,
  };
  return {
    engine,
    async write(outDir) {
      for (const { from, to } of copies) {
        const path = join(outDir, folder, to);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, await readPacked(from));
      }
      await copyFile(state.path, join(outDir, engine.state));
    },
  };
}

/** What of an engine's bytes is sent by a server that packs. */
const SERVED = 0.35;

/** Databases that PostgreSQL makes new ones from: two thirds of an archive, and a reader makes none. */
const TEMPLATES = /^(?:\.?\/)?(?:pgdata\/)?base\/[14]\//;

interface PackedState {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

/** The packed archive, made once for each database: its file is named after the archive, whose name says its content. */
async function packedState(archive: string, workDir: string): Promise<PackedState> {
  const name = `${STATE}${basename(archive, ".tar")}.tar.gz`;
  const path = join(workDir, name);
  await mkdir(workDir, { recursive: true });
  if (!(await isThere(path))) {
    const half = `${path}.${process.pid}`;
    await pack(archive, half);
    await rename(half, path);
    const old = (await readdir(workDir)).filter((other) => other.startsWith(STATE) && other !== name);
    await Promise.all(old.map((other) => rm(join(workDir, other), { force: true })));
  }
  const bytes = await readFile(path);
  return { path, hash: createHash("sha256").update(bytes).digest("hex").slice(0, 16), bytes: bytes.length };
}

/** The number changes with what is packed and how. */
const STATE = "state-2-";

/** Leaves out what a reader never needs, into a file: the pages are made while it waits. */
async function pack(archive: string, path: string): Promise<void> {
  const kept = tarEntries(await readFile(archive)).filter(({ name, isFile }) => !(isFile && TEMPLATES.test(name)));
  const parts = [...kept.map((entry) => entry.bytes), Buffer.alloc(END_OF_TAR)];
  await pipeline(Readable.from(parts), createGzip({ level: PACKING }), createWriteStream(path));
}

/** Zlib's default: the highest level kept the first build of a thousand tables waiting. */
const PACKING = 6;

const END_OF_TAR = 1024;

interface Copy {
  readonly from: string;
  /** Below the engine's folder. */
  readonly to: string;
}

/** The files of the engine that a browser loads; what only Node, or a virtual file system on disk, needs is left out. */
async function engineCopies(extensions: readonly string[]): Promise<readonly Copy[]> {
  const dist = dirname(require.resolve("@electric-sql/pglite"));
  const names = (await readdir(dist))
    .map((name) => name.replace(/\.br$/, ""))
    .filter((name) => /^(?:index\.js|chunk-\w+\.js|pglite\.(?:wasm|data))$/.test(name));
  const copies = names.map((name) => ({ from: join(dist, name), to: name }));
  for (const { specifier } of extensionModules(extensions)) {
    const from = specifier.startsWith("@electric-sql/pglite/")
      ? join(dist, extensionFile(specifier))
      : join(dirname(require.resolve(specifier)), "index.js");
    const to = extensionFile(specifier);
    copies.push({ from, to }, ...archivesOf(await readFile(from, "utf8"), { from, to }));
  }
  return copies;
}

/** The archives that a module of an extension names, relative to itself. */
function archivesOf(text: string, { from, to }: Copy): readonly Copy[] {
  return [...text.matchAll(/new URL\("([^"]+\.tar\.gz)"/g)].map(([, path = ""]) => ({
    from: join(dirname(from), path),
    to: join(dirname(to), path),
  }));
}
