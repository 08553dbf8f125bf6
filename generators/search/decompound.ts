/** A part shorter than this is more often a coincidence than a word; `id` alone is known to be one. */
const SHORTEST_PART = 4;
const SUFFIXES: ReadonlySet<string> = new Set(["id", "ids", "name"]);

/**
 * The words a lower-case compound is made of, when all of them are known: `paperkeyphrase` is `paper` and
 * `keyphrase` in a schema that has both. Empty when it is no compound.
 */
export function decompound(word: string, known: ReadonlySet<string>): readonly string[] {
  for (let at = SHORTEST_PART; at <= word.length - 2; at += 1) {
    const first = word.slice(0, at);
    if (!known.has(first)) continue;
    const rest = word.slice(at);
    if (SUFFIXES.has(rest) || (rest.length >= SHORTEST_PART && known.has(rest))) return [first, rest];
    const parts = decompound(rest, known);
    if (parts.length > 0) return [first, ...parts];
  }
  return [];
}
