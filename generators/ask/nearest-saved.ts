import type { SavedQuery } from "../generator.ts";
import { tokenise } from "../search/tokenise.ts";

/** Share of words two questions must have in common to be one. Numbers and names must all be the same. */
const SAME = 0.8;

/** The saved query whose question or title asks the same; null when none does. */
export function nearestSaved(question: string, queries: readonly SavedQuery[]): SavedQuery | null {
  const asked = wordsOf(question);
  let best: { readonly query: SavedQuery; readonly score: number } | null = null;
  for (const query of queries) {
    for (const text of [query.question, query.title]) {
      if (text === undefined) continue;
      const score = likeness(asked, wordsOf(text));
      if (score >= SAME && score > (best?.score ?? 0)) best = { query, score };
    }
  }
  return best?.query ?? null;
}

interface Words {
  readonly all: ReadonlySet<string>;
  /** What must not differ: numbers, names, and the small words that turn a question round. */
  readonly fixed: string;
}

const TURNING =
  /^(?:not|no|without|never|least|most|fewest|more|less|than|before|after|under|over|highest|lowest|oldest|youngest|first|last|or|and|between|each|per)$/;

function wordsOf(text: string): Words {
  const parts = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const fixed = parts.filter(
    (word, at) => /\p{N}/u.test(word) || (at > 0 && /^\p{Lu}/u.test(word)) || TURNING.test(word.toLowerCase()),
  );
  return { all: new Set(tokenise(text)), fixed: fixed.map((word) => word.toLowerCase()).join(" ") };
}

/** Words in common over all words, 0 when they differ in what must not. */
function likeness(a: Words, b: Words): number {
  if (a.fixed !== b.fixed || a.all.size === 0) return 0;
  const common = a.all.intersection(b.all).size;
  return common / a.all.union(b.all).size;
}
