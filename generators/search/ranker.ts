import type { SearchIndex, SearchKind } from "./search-index.ts";
import { searchKinds } from "./search-index.ts";

/** BM25's saturation and length correction, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** A token of the question with how much it counts: 1 as typed, less for a synonym or a completion. */
export type QueryTerms = ReadonlyMap<string, number>;

/** A document's position in the index and how well it answers, 0 to 1: its share of the best possible score. */
export interface Ranked {
  readonly position: number;
  readonly score: number;
}

/**
 * Field-weighted BM25, best first, ties in the order of the index. Statistics are taken within each kind, so that a
 * thousand columns named `id` do not make a table's `id` worthless, and a kind's ranking does not change when
 * other kinds are asked for too.
 */
export function rank(index: SearchIndex, terms: QueryTerms, kinds: readonly SearchKind[] = searchKinds): Ranked[] {
  const ranked = kindsOf(index)
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((statistics) => rankKind(index, terms, statistics));
  return ranked.sort((a, b) => b.score - a.score || a.position - b.position);
}

function rankKind(index: SearchIndex, terms: QueryTerms, { kind, count, averageLength }: KindStatistics): Ranked[] {
  const scores = new Map<number, number>();
  let best = 0;
  for (const [token, weight] of terms) {
    const postings = postingsOf(index, token, kind);
    const idf = rarity(count, postings.length);
    // What was typed counts for the best possible score; synonyms and completions are only other ways to get it.
    if (weight === 1) best += idf * (K1 + 1);
    for (const [position, occurrences] of postings) {
      const length = (index.lengths[position] ?? 0) / averageLength;
      const saturated = (occurrences * (K1 + 1)) / (occurrences + K1 * (1 - B + B * length));
      scores.set(position, (scores.get(position) ?? 0) + weight * idf * saturated);
    }
  }
  return [...scores].map(([position, score]) => ({ position, score: Math.min(1, score / best) }));
}

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

/** The documents of a kind that hold the token, with their weighted counts. */
function postingsOf(index: SearchIndex, token: string, kind: SearchKind): (readonly [number, number])[] {
  const term = index.terms[lowerBound(index, token)];
  if (term?.[0] !== token) return [];
  const found: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < term[1].length; at += 2) {
    const position = term[1][at] ?? 0;
    if (index.documents[position]?.kind === kind) found.push([position, term[1][at + 1] ?? 0]);
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

/** Inverse document frequency, never negative. */
function rarity(documents: number, having: number): number {
  return Math.log(1 + (documents - having + 0.5) / (having + 0.5));
}

interface KindStatistics {
  readonly kind: SearchKind;
  readonly count: number;
  readonly averageLength: number;
}

function kindsOf(index: SearchIndex): KindStatistics[] {
  const totals = new Map<SearchKind, { count: number; length: number }>();
  for (const [position, { kind }] of index.documents.entries()) {
    const total = totals.get(kind) ?? { count: 0, length: 0 };
    totals.set(kind, { count: total.count + 1, length: total.length + (index.lengths[position] ?? 0) });
  }
  return [...totals].map(([kind, { count, length }]) => ({ kind, count, averageLength: length / count || 1 }));
}
