import type { RawData } from "@orama/orama";
import { searchIndex, type SearchOptions } from "#generators/search/search.ts";
import type { SearchKind } from "#generators/search/search-index.ts";
import { loadNames, type NameSearch } from "../name-store.ts";
import { readSearch, type SearchFile, type StoredSearch } from "../view/search-paths.ts";
import { link } from "../link.ts";
import { fetchData } from "./fetch-data.ts";

export interface Hit {
  readonly kind: SearchKind;
  readonly id: string;
  readonly title: string;
  readonly snippet: string;
  readonly href: string;
}

interface Loaded {
  readonly first: SearchFile;
  readonly names: NameSearch;
}

let loading: Promise<Loaded> | undefined;
let loadingColumns: Promise<SearchFile> | undefined;

/** Fetches the index; called when somebody puts the focus into a search box. */
export function loadSchemaSearch(): Promise<Loaded> {
  loading ??= Promise.all([fetchSearch("search"), fetchData<RawData>("search-names")]).then(([first, saved]) => ({
    first,
    names: loadNames(saved),
  }));
  return loading;
}

/** Fewer hits than this, and the columns are asked too. */
const FEW = 5;

/** What answers the words best, best first: ranked, then what is spelt alike, then columns. */
export async function findInSchema(words: string, limit: number, options: SearchOptions = {}): Promise<Hit[]> {
  const { first, names } = await loadSchemaSearch();
  const hits = hitsIn(first, words, { ...options, limit, completesLastWord: true });
  if (hits.length < FEW && !options.kinds && words.trim().length > 2) {
    loadingColumns ??= fetchSearch("search-columns");
    hits.push(...hitsIn(await loadingColumns, words, { limit: limit - hits.length, completesLastWord: true }));
  }
  if (hits.length < FEW) hits.push(...speltAlike(first, await names(words, limit), hits, options.kinds));
  return hits.slice(0, limit);
}

function hitsIn({ index, paths }: SearchFile, words: string, options: SearchOptions): Hit[] {
  const positions = new Map(index.documents.map(({ kind, id }, position) => [`${kind} ${id}`, position]));
  return searchIndex(index, words, options).flatMap(({ kind, id, title, snippet }) => {
    const path = paths[positions.get(`${kind} ${id}`) ?? -1];
    return path === null || path === undefined ? [] : [{ kind, id, title, snippet, href: link(path) }];
  });
}

function speltAlike(
  { index, paths }: SearchFile,
  positions: readonly number[],
  known: readonly Hit[],
  kinds: readonly SearchKind[] | undefined,
): Hit[] {
  return positions.flatMap((position) => {
    const document = index.documents[position];
    const path = paths[position];
    if (!document || path === null || path === undefined) return [];
    if (kinds && !kinds.includes(document.kind)) return [];
    if (known.some(({ kind, id }) => kind === document.kind && id === document.id)) return [];
    return [
      { kind: document.kind, id: document.id, title: document.title, snippet: document.snippet, href: link(path) },
    ];
  });
}

async function fetchSearch(name: string): Promise<SearchFile> {
  return readSearch(await fetchData<StoredSearch>(name));
}
