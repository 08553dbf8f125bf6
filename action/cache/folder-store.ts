import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Store } from "#schemas/ports.ts";

export interface FolderStoreOptions {
  readonly folder: string;
  /** Total size from which what was not used for longest is removed. */
  readonly maxBytes: number;
}

/**
 * A cache on disk that several processes may share. A value is written beside its place and moved there, so that a
 * reader sees it whole or not at all. A disk that cannot be written costs time, never the run.
 */
export function folderStore({ folder, maxBytes }: FolderStoreOptions): Store {
  let written = 0;
  return {
    async get(key) {
      const path = pathOf(folder, key);
      const value = await quietly(() => readFile(path));
      if (!value) return null;
      const now = new Date();
      await quietly(() => utimes(path, now, now));
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    },
    async set(key, value) {
      if (value.byteLength > maxBytes) return;
      await quietly(() => writeWhole(pathOf(folder, key), value));
      written += value.byteLength;
      // Counting the folder costs a look at every file, so it is done after each tenth of the room was written.
      if (written < maxBytes / 10) return;
      written = 0;
      await quietly(() => evict(folder, maxBytes));
    },
  };
}

/** `QUERYGENIE_CACHE_DIR`, else `querygenie` below `XDG_CACHE_HOME`, else below `~/.cache`. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): string {
  const { QUERYGENIE_CACHE_DIR: own, XDG_CACHE_HOME: shared } = environment;
  if (own) return own;
  // The XDG specification says that a relative path is to be ignored.
  return shared?.startsWith("/") ? join(shared, "querygenie") : join(home, ".cache", "querygenie");
}

/** Keys may hold any character; files are named by their hash, in 256 folders so that none grows large. */
function pathOf(folder: string, key: string): string {
  const hash = createHash("sha256").update(key).digest("hex");
  return join(folder, hash.slice(0, 2), hash.slice(2));
}

async function writeWhole(path: string, value: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(join(path, ".."), { recursive: true });
  try {
    await writeFile(temporary, value);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

/** Leaves a fifth of the room free, so that the next writes do not evict again at once. */
async function evict(folder: string, maxBytes: number): Promise<void> {
  const entries = await entriesOf(folder);
  let total = 0;
  for (const entry of entries) total += entry.size;
  if (total <= maxBytes) return;
  for (const entry of entries.sort((a, b) => a.used - b.used)) {
    if (total <= maxBytes * 0.8) return;
    await rm(entry.path, { force: true });
    total -= entry.size;
  }
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const part of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    for (const name of await readdir(join(folder, part))) {
      const path = join(folder, part, name);
      // Another process may have removed it meanwhile.
      const facts = await quietly(() => stat(path));
      if (facts) entries.push({ path, size: facts.size, used: facts.mtimeMs });
    }
  }
  return entries;
}

/** The result, or null when the file system refuses: losing a cache costs time only. Other faults are ours and go on. */
async function quietly<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return null;
    throw error;
  }
}
