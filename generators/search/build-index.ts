import { decompound } from "./decompound.ts";
import { bridgeTables, tableNeighbours } from "./neighbours.ts";
import { searchDocuments, type SearchInput, type SearchText } from "./search-documents.ts";
import {
  SEARCH_INDEX_VERSION,
  searchKinds,
  type SearchDocument,
  type SearchIndex,
  type SearchKind,
} from "./search-index.ts";
import { splitWords, stem, tokenise } from "./tokenise.ts";

/**
 * How much a word counts by where it stands. Measured on ../shared/corpus/questions (retrieval.test.ts); a name says
 * most, and what is said in columns still finds their table.
 */
const WEIGHTS = { name: 4, columns: 1, text: 1, schema: 0.5 } as const;

/** Names of more words are sentences; nobody types those as one word. */
const LONGEST_COMPOUND = 4;

/** The index over everything of a model that can be found, or over some kinds only. */
export function buildIndex(input: SearchInput, kinds: readonly SearchKind[] = searchKinds): SearchIndex {
  const texts = searchDocuments(input)
    .filter(({ document }) => kinds.includes(document.kind))
    .sort((a, b) => byKindAndId(a.document, b.document));
  const known = new Set(
    texts.filter(({ document }) => document.kind === "table").flatMap(({ name }) => nameWords(name)),
  );
  const terms = new Map<string, number[]>();
  const lengths: number[] = [];
  for (const [position, text] of texts.entries()) {
    const counts = weightedTokens(text, known);
    let length = 0;
    for (const [token, count] of counts) {
      length += count;
      const postings = terms.get(token);
      if (postings) postings.push(position, count);
      else terms.set(token, [position, count]);
    }
    lengths.push(length);
  }
  const documents = texts.map(({ document }) => document);
  return {
    version: SEARCH_INDEX_VERSION,
    documents,
    lengths,
    terms: [...terms].sort(([a], [b]) => compareText(a, b)),
    neighbours: neighbours(input, documents),
    bridges: bridges(input, documents),
  };
}

/** The words of a name and their singulars, as a compound of them would hold them. */
function nameWords(name: string): string[] {
  return splitWords(name).flatMap((word) => [word, stem(word)]);
}

function weightedTokens(text: SearchText, known: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (tokens: readonly string[], weight: number): void => {
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + weight);
  };
  add(tokenise(text.name), WEIGHTS.name);
  // `orderitems` must find order_items, so a name of several words also stands there as one.
  const words = splitWords(text.name);
  if (words.length > 1 && words.length <= LONGEST_COMPOUND) add([stem(words.join(""))], 1);
  const parts = (name: string): string[] =>
    splitWords(name)
      .flatMap((word) => decompound(word, known))
      .map(stem);
  add(parts(text.name), WEIGHTS.name / 2);
  for (const column of text.columns) add([...tokenise(column), ...parts(column)], WEIGHTS.columns);
  for (const other of text.texts) add(tokenise(other), WEIGHTS.text);
  add(tokenise(text.schema), WEIGHTS.schema);
  return counts;
}

function neighbours(input: SearchInput, documents: readonly SearchDocument[]): SearchIndex["neighbours"] {
  const positions = new Map<string, number>();
  for (const [position, document] of documents.entries()) {
    if (document.kind === "table") positions.set(document.id, position);
  }
  return [...tableNeighbours(input.model)]
    .flatMap(([id, others]) => {
      const position = positions.get(id);
      const next = [...others].flatMap((other) => positions.get(other) ?? []).sort((a, b) => a - b);
      return position === undefined || next.length === 0 ? [] : [[position, next] as const];
    })
    .sort(([a], [b]) => a - b);
}

function bridges({ model }: SearchInput, documents: readonly SearchDocument[]): number[] {
  const ids = bridgeTables(model);
  return documents.flatMap(({ kind, id }, at) => (kind === "table" && ids.has(id) ? [at] : []));
}

function byKindAndId(a: SearchDocument, b: SearchDocument): number {
  return searchKinds.indexOf(a.kind) - searchKinds.indexOf(b.kind) || compareText(a.id, b.id);
}

/** By code unit: the same on every machine, unlike localeCompare. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
