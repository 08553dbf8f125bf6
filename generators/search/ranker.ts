import { nameOf, searchKinds, type SearchIndex, type SearchKind } from "./search-index.ts";
import { tokenise } from "./tokenise.ts";

/** BM25's saturation and length correction, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** What a document loses of its score when the words name nothing of its name. */
const UNNAMED = 0.45;

/** One word of the question: the token typed, and what may stand for it with how much less that counts. */
export interface QueryWord {
  /** Weight by token; the typed one has 1. */
  readonly alternatives: ReadonlyMap<string, number>;
}

/** A document's position in the index and how well it answers, 0 to 1: its share of the best possible score. */
export interface Ranked {
  readonly position: number;
  readonly score: number;
}

/**
 * Field-weighted BM25, best first, ties in the order of the index. A word counts once, by the best of its
 * alternatives. Columns have statistics of their own: a thousand columns named `id` must not make a table's `id`
 * worthless, and an index without them must rank the rest alike.
 */
export function rank(
  index: SearchIndex,
  words: readonly QueryWord[],
  kinds: readonly SearchKind[] = searchKinds,
): Ranked[] {
  const pools = [kinds.filter((kind) => kind !== "column"), kinds.filter((kind) => kind === "column")];
  return pools
    .flatMap((pool) => (pool.length === 0 ? [] : rankPool(index, words, pool)))
    .sort((a, b) => b.score - a.score || a.position - b.position);
}

function rankPool(index: SearchIndex, words: readonly QueryWord[], kinds: readonly SearchKind[]): Ranked[] {
  const { best, scores } = wordScores(index, words, kinds);
  return [...scores].map(([position, byWord]) => ({
    position,
    score: (sum(byWord) / best) * (1 - UNNAMED + UNNAMED * namedShare(index, position, words)),
  }));
}

/** What each word adds to each document, by position, and the most that all words together could add. */
export interface WordScores {
  readonly best: number;
  readonly scores: ReadonlyMap<number, readonly number[]>;
}

/** Scores of documents word by word; `kinds` are either columns or everything else. */
export function wordScores(index: SearchIndex, words: readonly QueryWord[], kinds: readonly SearchKind[]): WordScores {
  const isColumns = kinds.includes("column");
  const { count, averageLengths } = poolStatistics(index, isColumns);
  const scores = new Map<number, number[]>();
  let best = 0;
  for (const [at, { alternatives }] of words.entries()) {
    const saturations = new Map<number, number>();
    for (const [token, weight] of alternatives) {
      for (const [position, occurrences] of postingsOf(index, token, isColumns)) {
        const length = (index.lengths[position] ?? 0) / (averageLengths.get(kindAt(index, position)) ?? 1);
        const saturated = (weight * occurrences * (K1 + 1)) / (occurrences + K1 * (1 - B + B * length));
        saturations.set(position, Math.max(saturations.get(position) ?? 0, saturated));
      }
    }
    // What may stand for a word is as common as all of it together, or a rare synonym would beat the usual one. A word
    // that nothing holds still counts, so that half an answer does not look like a whole one.
    const worth = rarity(count, saturations.size);
    best += worth * (K1 + 1);
    for (const [position, saturated] of saturations) {
      if (!kinds.includes(kindAt(index, position))) continue;
      const byWord = scores.get(position) ?? words.map(() => 0);
      byWord[at] = worth * saturated;
      scores.set(position, byWord);
    }
  }
  return { best, scores };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** All tokens of the index that start so, at most `limit`, in order. */
export function completions(index: SearchIndex, start: string, limit: number): string[] {
  const found: string[] = [];
  for (let at = lowerBound(index, start); at < index.terms.length && found.length < limit; at += 1) {
    const token = index.terms[at]?.[0] ?? "";
    if (!token.startsWith(start)) break;
    found.push(token);
  }
  return found;
}

/** The columns, or the documents of all other kinds, that hold the token, with their weighted counts. */
function postingsOf(index: SearchIndex, token: string, isColumns: boolean): (readonly [number, number])[] {
  const term = index.terms[lowerBound(index, token)];
  if (term?.[0] !== token) return [];
  const found: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < term[1].length; at += 2) {
    const position = term[1][at] ?? 0;
    if ((index.documents[position]?.kind === "column") === isColumns) found.push([position, term[1][at + 1] ?? 0]);
  }
  return found;
}

/** Position of the first term that is not before the token. */
function lowerBound(index: SearchIndex, token: string): number {
  let low = 0;
  let high = index.terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.terms[middle]?.[0] ?? "") < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How much of the document's name the words speak of: all of `customers`, half of `customer_consents`. */
function namedShare(index: SearchIndex, position: number, words: readonly QueryWord[]): number {
  const document = index.documents[position];
  const tokens = document === undefined || document.kind === "query" ? [] : tokenise(nameOf(document));
  if (tokens.length === 0) return 1;
  return tokens.filter((token) => words.some(({ alternatives }) => alternatives.has(token))).length / tokens.length;
}

function kindAt(index: SearchIndex, position: number): SearchKind {
  return index.documents[position]?.kind ?? "column";
}

/** Inverse document frequency, never negative. */
function rarity(documents: number, having: number): number {
  return Math.log(1 + (documents - having + 0.5) / (having + 0.5));
}

interface PoolStatistics {
  readonly count: number;
  /** By kind: a saved query is longer than an enum, and neither is worse for it. */
  readonly averageLengths: ReadonlyMap<SearchKind, number>;
}

function poolStatistics(index: SearchIndex, isColumns: boolean): PoolStatistics {
  const totals = new Map<SearchKind, { count: number; length: number }>();
  for (const [position, { kind }] of index.documents.entries()) {
    if ((kind === "column") !== isColumns) continue;
    const total = totals.get(kind) ?? { count: 0, length: 0 };
    totals.set(kind, { count: total.count + 1, length: total.length + (index.lengths[position] ?? 0) });
  }
  let count = 0;
  const averageLengths = new Map<SearchKind, number>();
  for (const [kind, total] of totals) {
    count += total.count;
    averageLengths.set(kind, total.length / total.count || 1);
  }
  return { count, averageLengths };
}
