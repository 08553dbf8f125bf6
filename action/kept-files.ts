import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { KeptFiles } from "#generators/kept-files.ts";
import type { Artifact, Store } from "#schemas/ports.ts";
import { contentHash } from "./manifest.ts";

/** Questions are shared by many files, which name them by their places in the list. */
const storedSchema = z.object({
  // Looking at each of a hundred thousand takes as long as reading them; what is no question gives no key that fits.
  questions: z.custom<readonly string[]>(Array.isArray),
  /** The places of all files' questions, one file after the other. */
  asked: z.custom<readonly number[]>(Array.isArray),
  files: z.record(z.string(), z.tuple([z.string(), z.string(), z.number()])),
});
type Stored = z.infer<typeof storedSchema>;

interface Kept {
  readonly key: string;
  /** Of the content. */
  readonly hash: string;
  readonly asked: readonly string[];
}

export interface ProjectFiles extends KeptFiles {
  /** The artifact, marked when its content is what lies in the repository already. */
  marked(artifact: Artifact): Artifact;
  /** Keeps what this run has made or taken, and of a partial one the rest too; writes nothing when it made none. */
  save(run: { readonly isWhole: boolean }): Promise<void>;
}

export interface ProjectFilesInput {
  readonly store: Store;
  /** Id of the database. */
  readonly database: string;
  /** Folder of the repository on disk. */
  readonly root: string;
}

/**
 * What the cache knows of a database's pages and pictures: from what they were made, and their hashes. The contents
 * are the repository's own files, which count when they still have those hashes. The cache's keys change with the tool.
 */
export async function projectFiles({ store, database, root }: ProjectFilesInput): Promise<ProjectFiles> {
  const storeKey = `files ${database}`;
  const before = await read(store, storeKey);
  const now = new Map<string, Kept>();
  const taken = new Map<string, Uint8Array>();
  let isNew = false;
  const present = (path: string, { hash }: Kept): Uint8Array | null => {
    const bytes = readOrNull(join(root, path));
    return bytes !== null && contentHash(bytes) === hash ? bytes : null;
  };
  return {
    take(path, keyOf) {
      const kept = before.get(path);
      if (!kept || kept.key !== keyOf(kept.asked)) return undefined;
      const bytes = present(path, kept);
      if (bytes === null) return undefined;
      now.set(path, kept);
      taken.set(path, bytes);
      return bytes;
    },
    former(path) {
      const kept = before.get(path);
      const content = kept && present(path, kept);
      return content ? { asked: kept.asked, content } : undefined;
    },
    keep(path, { asked, key, content }) {
      isNew = true;
      now.set(path, { asked, key, hash: contentHash(content) });
    },
    marked(artifact) {
      const { path, content } = artifact;
      const hash = taken.get(path) === content ? now.get(path)?.hash : undefined;
      return hash === undefined ? artifact : { ...artifact, inPlace: hash };
    },
    async save({ isWhole }) {
      if (isNew) await store.set(storeKey, packed(isWhole ? now : new Map([...before, ...now])));
    },
  };
}

function packed(kept: ReadonlyMap<string, Kept>): Uint8Array {
  const places = new Map<string, number>();
  const placeOf = (question: string): number => {
    const place = places.get(question) ?? places.size;
    places.set(question, place);
    return place;
  };
  const files: Stored["files"] = {};
  const all: number[] = [];
  for (const [path, { key, hash, asked }] of kept) {
    files[path] = [key, hash, asked.length];
    for (const one of asked) all.push(placeOf(one));
  }
  const stored: Stored = { questions: [...places.keys()], asked: all, files };
  return new TextEncoder().encode(JSON.stringify(stored));
}

/** What cannot be read is made anew. */
async function read(store: Store, key: string): Promise<ReadonlyMap<string, Kept>> {
  const bytes = await store.get(key);
  if (bytes === null) return new Map();
  try {
    const { data } = storedSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!data) return new Map();
    return unpacked(data);
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function unpacked({ questions, asked: all, files }: Stored): ReadonlyMap<string, Kept> {
  const kept = new Map<string, Kept>();
  let at = 0;
  for (const [path, [key, hash, count]] of Object.entries(files)) {
    const asked = all.slice(at, at + count).map((place) => questions[place] ?? "");
    kept.set(path, { key, hash, asked });
    at += count;
  }
  return kept;
}

/** Thousands of small files, as in `folderPublisher`: one at a time without a promise is several times as fast. */
function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
