import type { PGlite } from "@electric-sql/pglite";
import type { FileSize } from "./protocol.ts";

const PAGE = 8192;
/** Pages of one file of a relation. One that is larger kills the engine for good (XX000, measured). */
const SEGMENT = 131_072;

/** A file of the engine's in-memory file system: Emscripten's MEMFS, which is no public interface. */
interface MemoryNode {
  contents: Uint8Array | Int8Array;
  usedBytes: number;
}

/** Files as they were before `inflate`, and segments that were made by it. */
const before = new Map<string, Readonly<MemoryNode> | "made">();

/**
 * Gives files the sizes that the planner shall see. A B-tree also gets a chain of pages from root to leaf: the planner
 * counts its levels on the meta page and looks for the largest key in the last leaf. Throws when the engine's insides
 * are not as expected; the caller tests that at the start (`withScale`).
 */
export function inflate(engine: PGlite, files: readonly FileSize[]): void {
  for (const { path, pages, level } of files) {
    const node = nodeAt(engine, path);
    if (!before.has(path)) before.set(path, { contents: node.contents, usedBytes: node.usedBytes });
    if (level !== undefined) node.contents = fakeBtree(node.contents, level);
    for (let at = 0, left = pages; at === 0 || left > 0; at++, left -= SEGMENT) {
      const segment = at === 0 ? node : segmentOf(engine, `${path}.${at}`);
      segment.usedBytes = Math.min(left, SEGMENT) * PAGE;
    }
  }
}

/** Takes every size back. */
export function deflate(engine: PGlite): void {
  for (const [path, was] of before) {
    if (was === "made") {
      // The engine itself removes those of an index that was rolled back.
      if (findNode(engine, path)) fileSystem(engine).unlink(fullPath(path));
      continue;
    }
    // A file that a rolled back statement made is gone.
    const node = findNode(engine, path);
    if (node) Object.assign(node, was);
  }
  before.clear();
}

function segmentOf(engine: PGlite, path: string): MemoryNode {
  const known = findNode(engine, path);
  if (known) return known;
  const files = fileSystem(engine);
  files.writeFile(fullPath(path), new Uint8Array(0));
  files.chmod(fullPath(path), 0o600);
  before.set(path, "made");
  return nodeAt(engine, path);
}

function nodeAt(engine: PGlite, path: string): MemoryNode {
  const node = findNode(engine, path);
  if (!node) throw new Error(`The engine has no file ${path} in memory.`);
  return node;
}

function findNode(engine: PGlite, path: string): MemoryNode | null {
  try {
    const { node } = fileSystem(engine).lookupPath(fullPath(path));
    return isMemoryNode(node) ? node : null;
  } catch {
    // Emscripten throws its own error number for a path that is not there.
    return null;
  }
}

const DATA = "/pglite/data";

const fullPath = (path: string): string => `${DATA}/${path}`;

interface FileSystem {
  lookupPath(path: string): { readonly node: unknown };
  writeFile(path: string, bytes: Uint8Array): void;
  chmod(path: string, mode: number): void;
  unlink(path: string): void;
}

function fileSystem(engine: PGlite): FileSystem {
  return engine.Module.FS;
}

const isMemoryNode = (node: unknown): node is MemoryNode =>
  typeof node === "object" &&
  node !== null &&
  "usedBytes" in node &&
  typeof node.usedBytes === "number" &&
  "contents" in node &&
  (node.contents instanceof Uint8Array || node.contents instanceof Int8Array);

/**
 * The file of an empty B-tree of so many levels: its own meta page and one page a level, from root to leaf. Layouts are
 * those of PostgreSQL 18's nbtree.h and bufpage.h; all fields are little-endian.
 */
function fakeBtree(meta: Uint8Array | Int8Array, level: number): Uint8Array {
  const bytes = new Uint8Array(PAGE * (level + 2));
  bytes.set(meta.subarray(0, PAGE));
  const view = new DataView(bytes.buffer);
  // BTMetaPageData: root 32, level 36, fastroot 40, fastlevel 44.
  view.setUint32(32, 1, true);
  view.setUint32(36, level, true);
  view.setUint32(40, 1, true);
  view.setUint32(44, level, true);
  for (let at = level, block = 1; at >= 0; at--, block++) {
    const page = block * PAGE;
    const isLeaf = at === 0;
    // Page header: pd_lower, pd_upper, pd_special, page size and layout version.
    view.setUint16(page + 12, isLeaf ? 24 : 28, true);
    view.setUint16(page + 14, isLeaf ? 8176 : 8168, true);
    view.setUint16(page + 16, 8176, true);
    view.setUint16(page + 18, PAGE | 4, true);
    if (!isLeaf) {
      // Line pointer: offset 8168, normal, 8 bytes long.
      view.setUint32(page + 24, (8168 | (1 << 15) | (8 << 17)) >>> 0, true);
      // Pivot tuple without key columns ("minus infinity") that points at the next block.
      const tuple = page + 8168;
      view.setUint16(tuple, (block + 1) >>> 16, true);
      view.setUint16(tuple + 2, (block + 1) & 0xffff, true);
      view.setUint16(tuple + 4, 0, true);
      view.setUint16(tuple + 6, 8 | 0x2000, true);
    }
    // BTPageOpaqueData: level 8, flags 12 (1 leaf, 2 root).
    view.setUint32(page + 8176 + 8, at, true);
    view.setUint16(page + 8176 + 12, (isLeaf ? 1 : 0) | (block === 1 ? 2 : 0), true);
  }
  return bytes;
}
