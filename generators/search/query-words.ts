import { synonymsOf } from "./dictionary.ts";
import { completions, type QueryWord } from "./ranker.ts";
import type { SearchIndex } from "./search-index.ts";
import { splitWords, stem, tokenise } from "./tokenise.ts";

/** The words of a question, each with what may stand for it. */
export function queryWords(index: SearchIndex, words: string, completesLastWord: boolean): QueryWord[] {
  const typed = splitWords(words);
  return typed.flatMap((word, at) => {
    const tokens = tokenise(word);
    if (tokens.length === 0) return [];
    const alternatives = new Map(tokens.map((token) => [token, 1]));
    const others = [...synonymsOf(word), ...synonymsOf(stem(word))].flatMap(tokenise);
    for (const token of others) if (!alternatives.has(token)) alternatives.set(token, SYNONYM_WEIGHT);
    for (const token of relatives(stem(word))) if (!alternatives.has(token)) alternatives.set(token, RELATIVE_WEIGHT);
    const isOpen = completesLastWord && at === typed.length - 1;
    for (const token of isOpen ? completions(index, word, MOST_COMPLETIONS) : []) {
      alternatives.set(token, Math.max(alternatives.get(token) ?? 0, COMPLETION_WEIGHT));
    }
    return [{ alternatives }];
  });
}

/** Measured in research: a synonym is worth a little less than half of the word itself. */
const SYNONYM_WEIGHT = 0.45;
/** A word of the same root says more than a synonym and less than the word. */
const RELATIVE_WEIGHT = 0.6;
const COMPLETION_WEIGHT = 0.6;
/** Enough for a list that is typed into; more only costs time. */
const MOST_COMPLETIONS = 24;

/** Words of the same root that a schema may use: who directs is a director, what is produced has a producer. */
function relatives(word: string): string[] {
  if (word.length < SHORTEST_ROOT) return [];
  const root = word.replace(/(?:er|or|ing|ed|ion|ment|e)$/, "");
  if (root.length < SHORTEST_ROOT - 1) return [];
  return ["", "e", "er", "or", "ion", "ing", "ed", "ment", "ation"]
    .map((end) => root + end)
    .filter((one) => one !== word);
}

const SHORTEST_ROOT = 4;
