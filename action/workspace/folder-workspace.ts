import { lstat, readFile, readdir, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Dirent } from "node:fs";
import type { Workspace } from "#schemas/ports.ts";

/** A folder on disk. Links are not followed when listing, and read only when their target lies inside the folder. */
export function folderWorkspace(root: string): Workspace {
  let realRoot: Promise<string> | undefined;
  const rootOnce = (): Promise<string> => (realRoot ??= realpath(root));
  return {
    async list(folder = "") {
      const found: string[] = [];
      if (!isInside(folder)) return found;
      await walk(join(root, folder), folder, found);
      return found.sort();
    },
    async read(path) {
      const real = await realFile(root, rootOnce, path);
      if (real === null) return null;
      const { buffer, byteOffset, byteLength } = await readFile(real);
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
    async exists(path) {
      return (await realFile(root, rootOnce, path)) !== null;
    },
  };
}

/** Folders that never hold the users' own schema, and are often the largest. */
const SKIPPED = new Set([".git", "node_modules"]);

async function walk(absolute: string, path: string, found: string[]): Promise<void> {
  for (const entry of await entriesOf(absolute)) {
    const below = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) await walk(join(absolute, entry.name), below, found);
    } else if (entry.isFile()) {
      found.push(below);
    }
  }
}

async function entriesOf(absolute: string): Promise<Dirent[]> {
  try {
    return await readdir(absolute, { withFileTypes: true });
  } catch (error) {
    // A folder that is not there, is a file or may not be read has no files for us; a file error must not stop the rest.
    if (isErrorWith(error, ["ENOENT", "ENOTDIR", "EACCES", "EPERM"])) return [];
    throw error;
  }
}

/** The file's own path on disk, or null when there is no such file or it lies outside the folder. */
async function realFile(root: string, rootOnce: () => Promise<string>, path: string): Promise<string | null> {
  if (!isInside(path) || path.split("/").some((part) => SKIPPED.has(part))) return null;
  try {
    const real = await realpath(join(root, path));
    const inside = relative(await rootOnce(), real);
    if (inside.startsWith("..") || isAbsolute(inside)) return null;
    if (inside.split(sep).some((part) => SKIPPED.has(part))) return null;
    return (await lstat(real)).isFile() ? real : null;
  } catch (error) {
    if (isErrorWith(error, ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"])) return null;
    throw error;
  }
}

function isInside(path: string): boolean {
  return !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
}

function isErrorWith(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);
}
