import type { SavedQuery } from "../generator.ts";
import { tokenise } from "../search/tokenise.ts";

/** Saved queries a model is shown as examples. */
const MOST_EXAMPLES = 3;

/** The saved queries that share most words with the question, best first; none without a word in common. */
export function nearestExamples(question: string, queries: readonly SavedQuery[]): readonly SavedQuery[] {
  const asked = new Set(tokenise(question));
  return queries
    .map((query) => ({
      query,
      common: new Set(tokenise(`${query.title} ${query.question ?? ""}`)).intersection(asked).size,
    }))
    .filter(({ common }) => common > 0)
    .sort((a, b) => b.common - a.common || (a.query.id < b.query.id ? -1 : 1))
    .slice(0, MOST_EXAMPLES)
    .map(({ query }) => query);
}
