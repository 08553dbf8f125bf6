import { create, insertMultiple, load, save, search, type RawData } from "@orama/orama";
import type { SearchDocument } from "#generators/search/search-index.ts";
import { splitWords } from "#generators/search/tokenise.ts";

// Orama keeps the names, for what our ranker does not do: words that are only spelt alike. The order of what the
// ranker finds stays the ranker's, which research measured far ahead of Orama's own on schema text.

const schema = { name: "string" } as const;
const emptyStore = () => create({ schema, sort: { enabled: false } });

/** The store of names as it is put beside the index: made once, when the site is built. */
export async function saveNames(documents: readonly SearchDocument[]): Promise<RawData> {
  const store = emptyStore();
  const entries = documents.map(({ title }, position) => ({ id: String(position), name: splitWords(title).join(" ") }));
  await insertMultiple(store, entries);
  return save(store);
}

/** Finds positions of documents whose names are spelt like the words, best first. */
export type NameSearch = (words: string, limit: number) => Promise<number[]>;

export function loadNames(saved: RawData): NameSearch {
  const store = emptyStore();
  load(store, saved);
  return async (words, limit) => {
    const found = await search(store, { term: splitWords(words).join(" "), tolerance: 1, limit });
    return found.hits.map(({ id }) => Number(id));
  };
}
