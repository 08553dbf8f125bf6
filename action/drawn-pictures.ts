import { z } from "zod";
import type { DrawnPictures } from "#generators/erd/drawn-pictures.ts";
import type { Store } from "#schemas/ports.ts";

/** By file: what it was made from, and the picture. */
const storedSchema = z.record(z.string(), z.tuple([z.string(), z.string()]));

export interface KeptPictures extends DrawnPictures {
  /** Keeps what this run has drawn or taken, and of a partial one the rest too; writes nothing when it drew none. */
  save(run: { readonly isWhole: boolean }): Promise<void>;
}

/**
 * The pictures of a database in the cache, whose keys change with the tool. Laying pictures out takes most of a second
 * for a thousand tables, and a migration changes a few. What cannot be read is drawn anew.
 */
export async function keptPictures(store: Store, database: string): Promise<KeptPictures> {
  const key = `pictures ${database}`;
  const before = await read(store, key);
  const now = new Map<string, readonly [madeFrom: string, svg: string]>();
  let isNew = false;
  return {
    find(file, madeFrom) {
      const found = before.get(file);
      if (found?.[0] !== madeFrom) return undefined;
      now.set(file, found);
      return found[1];
    },
    keep(file, madeFrom, svg) {
      isNew = true;
      now.set(file, [madeFrom, svg]);
    },
    async save({ isWhole }) {
      if (!isNew) return;
      const kept = isWhole ? now : new Map([...before, ...now]);
      await store.set(key, new TextEncoder().encode(JSON.stringify(Object.fromEntries(kept))));
    },
  };
}

async function read(store: Store, key: string): Promise<ReadonlyMap<string, readonly [string, string]>> {
  const bytes = await store.get(key);
  if (bytes === null) return new Map();
  try {
    const stored = storedSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return new Map(Object.entries(stored.data ?? {}));
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
