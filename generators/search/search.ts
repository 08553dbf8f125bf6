import { queryWords } from "./query-words.ts";
import { rank, type Ranked } from "./ranker.ts";
import { nameOf, type SearchDocument, type SearchIndex, type SearchKind } from "./search-index.ts";
import { splitWords, tokenise } from "./tokenise.ts";

export interface SearchOptions {
  /** Default 10. */
  readonly limit?: number;
  /** Default: all. */
  readonly kinds?: readonly SearchKind[];
  /** True while somebody types: the last word may be unfinished. */
  readonly completesLastWord?: boolean;
}

export interface SearchResult extends SearchDocument {
  /** How well it answers, 0 to 1. */
  readonly score: number;
}

/** What answers the words best, best first; the same list in the terminal, in the browser and on the server. */
export function searchIndex(index: SearchIndex, words: string, options: SearchOptions = {}): SearchResult[] {
  const completes = options.completesLastWord ?? false;
  const asked: Asked = { words: splitWords(words).join(" "), tokens: tokenise(words).join(" "), completes };
  return rank(index, queryWords(index, words, completes), options.kinds)
    .flatMap((ranked) => result(index, ranked, asked))
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit ?? 10);
}

/** A thing somebody looks up is more often a table than one of its columns. */
const KIND_WEIGHT: Readonly<Record<SearchKind, number>> = {
  table: 1,
  view: 0.95,
  query: 0.9,
  enum: 0.75,
  function: 0.65,
  column: 0.4,
};

/** What is named exactly as it was typed comes first, then, while typing, what starts so; whatever else matches. */
const EXACT_NAME = 1;
const SAME_WORDS = 0.5;
const NAME_STARTS_SO = 0.4;

interface Asked {
  readonly words: string;
  readonly tokens: string;
  readonly completes: boolean;
}

function result(index: SearchIndex, { position, score }: Ranked, asked: Asked): SearchResult[] {
  const document = index.documents[position];
  if (document === undefined) return [];
  const total = score * KIND_WEIGHT[document.kind] + nameBonus(document, asked);
  return [{ ...document, score: total / (1 + EXACT_NAME) }];
}

function nameBonus(document: SearchDocument, { words, tokens, completes }: Asked): number {
  const names = [document.title, nameOf(document)];
  if (names.some((name) => splitWords(name).join(" ") === words)) return EXACT_NAME;
  if (names.some((name) => tokenise(name).join(" ") === tokens)) return SAME_WORDS;
  const startsSo = completes && names.some((name) => splitWords(name).join(" ").startsWith(words));
  return startsSo ? NAME_STARTS_SO : 0;
}
