import { create, insertMultiple, load, save, search, type RawData } from "@orama/orama";
import type { SearchDocument } from "#generators/search/search-index.ts";
import { splitWords, stem } from "#generators/search/tokenise.ts";

// Orama keeps the names, for what our ranker does not do: words that are only spelt alike. The order of what the
// ranker finds stays the ranker's, which research measured far ahead of Orama's own on schema text.

/** A word of so many letters may have two wrong ones. */
const LONG_WORD = 8;

const schema = { name: "string" } as const;
const emptyStore = () => create({ schema, sort: { enabled: false } });

/** The store of names as it is put beside the index: made once, when the site is built. */
export async function saveNames(documents: readonly SearchDocument[]): Promise<RawData> {
  const store = emptyStore();
  const entries = documents.map(({ title }, position) => ({ id: String(position), name: namesIn(title) }));
  await insertMultiple(store, entries);
  return save(store);
}

/** The words of a name as they stand and without their plural, so that a typing error has both to be near to. */
function namesIn(title: string): string {
  const words = splitWords(title);
  return [...new Set([...words, ...words.map(stem)])].join(" ");
}

/** Finds positions of documents whose names are spelt like the words, best first. */
export type NameSearch = (words: string, limit: number) => Promise<number[]>;

export function loadNames(saved: RawData): NameSearch {
  const store = emptyStore();
  load(store, saved);
  return async (words, limit) => {
    const term = splitWords(words).join(" ");
    const tolerance = term.length < LONG_WORD ? 1 : 2;
    const found = await search(store, { term, tolerance, limit });
    return found.hits.map(({ id }) => Number(id));
  };
}
