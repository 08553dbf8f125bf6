import { synonymsOf } from "./dictionary.ts";
import { completions, rank, type QueryWord, type Ranked } from "./ranker.ts";
import { nameOf, type SearchDocument, type SearchIndex, type SearchKind } from "./search-index.ts";
import { splitWords, stem, tokenise } from "./tokenise.ts";

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

/**
 * The tables and views a question is about, best first: ranks 1 to 4, then what the first three join to, then the
 * rest. A join table is seldom named in a question, but its neighbours are.
 */
export function linkTables(index: SearchIndex, question: string, limit = 10): SearchResult[] {
  const ranked = rank(index, queryWords(index, question, false), ["table", "view"]);
  const next = new Map(index.neighbours);
  const scores = new Map(ranked.map((one) => [one.position, one.score]));
  const order = new Map(ranked.slice(0, 4).map((one) => [one.position, one.score]));
  for (const [neighbour, score] of joined(ranked.slice(0, 3), next, scores)) {
    if (!order.has(neighbour)) order.set(neighbour, score);
  }
  for (const { position, score } of ranked) if (!order.has(position)) order.set(position, score);
  return [...order].slice(0, limit).flatMap(([position, score]) => {
    const document = index.documents[position];
    return document ? [{ ...document, score }] : [];
  });
}

/** Neighbours of the given tables: first those that join most of them, then those that match best themselves. */
function joined(
  tables: readonly Ranked[],
  next: ReadonlyMap<number, readonly number[]>,
  scores: ReadonlyMap<number, number>,
): (readonly [position: number, score: number])[] {
  const joins = new Map<number, number>();
  for (const { position, score } of tables) {
    for (const neighbour of next.get(position) ?? []) joins.set(neighbour, (joins.get(neighbour) ?? 0) + score / 2);
  }
  return [...joins]
    .map(([position, score]) => [position, Math.min(1, score + (scores.get(position) ?? 0))] as const)
    .sort(([a, x], [b, y]) => y - x || a - b);
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

/** Measured in research: a synonym is worth a little less than half of the word itself. */
const SYNONYM_WEIGHT = 0.45;
const COMPLETION_WEIGHT = 0.6;
/** Enough for a list that is typed into; more only costs time. */
const MOST_COMPLETIONS = 24;

function queryWords(index: SearchIndex, words: string, completesLastWord: boolean): QueryWord[] {
  const typed = splitWords(words);
  return typed.flatMap((word, at) => {
    const tokens = tokenise(word);
    if (tokens.length === 0) return [];
    const alternatives = new Map(tokens.map((token) => [token, 1]));
    const others = [...synonymsOf(word), ...synonymsOf(stem(word))].flatMap(tokenise);
    for (const token of others) if (!alternatives.has(token)) alternatives.set(token, SYNONYM_WEIGHT);
    const isOpen = completesLastWord && at === typed.length - 1;
    for (const token of isOpen ? completions(index, word, MOST_COMPLETIONS) : []) {
      alternatives.set(token, Math.max(alternatives.get(token) ?? 0, COMPLETION_WEIGHT));
    }
    return [{ alternatives }];
  });
}
