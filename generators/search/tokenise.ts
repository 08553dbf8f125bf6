import { expansionOf } from "./dictionary.ts";

/**
 * The tokens of a text or an identifier: split at snake_case, camelCase, digits and punctuation, without accents,
 * in lower case, without English stop words, lightly stemmed. A known abbreviation stands beside its long form.
 * The index and the question go through the same door, so that they meet.
 */
export function tokenise(text: string): string[] {
  const tokens: string[] = [];
  for (const word of splitWords(text)) {
    if (STOP_WORDS.has(word)) continue;
    tokens.push(stem(word));
    for (const long of expansionOf(word)) tokens.push(stem(long));
  }
  return tokens;
}

/** The words of a text in lower case, in their order: `orderItems_v2` is `order`, `items`, `v`, `2`. */
export function splitWords(text: string): string[] {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const found = plain.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+/gu) ?? [];
  return found.map((word) => word.toLowerCase());
}

/** Plural and light verb endings off: `categories` is `category`, `shipped` is `ship`, `status` stays. */
export function stem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length > 6 && /ing$|ed$/.test(word)) return verbStem(word.replace(/(?:ing|ed)$/, ""));
  // `movie` and `movies` must meet too, so the singular goes the same way.
  if (word.length > 4 && /ies?$/.test(word)) return word.replace(/ies?$/, "y");
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  // `painting` and `paintings` must meet too.
  if (word.length > 7 && /[^s]ings$/.test(word)) return stem(word.slice(0, -1));
  if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

/** `shipp` of `shipped` is `ship`, but `add` and `fill` keep their double letter. */
function verbStem(base: string): string {
  return /([bdgmnprt])\1$/.test(base) && base.length > 4 ? base.slice(0, -1) : base;
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["bought", "buy"],
  ["buses", "bus"],
  ["campuses", "campus"],
  ["children", "child"],
  ["ids", "id"],
  ["men", "man"],
  ["paid", "pay"],
  ["people", "person"],
  ["sent", "send"],
  ["sold", "sell"],
  ["spent", "spend"],
  ["statuses", "status"],
  ["taught", "teach"],
  ["viruses", "virus"],
  ["women", "woman"],
  ["written", "write"],
  ["wrote", "write"],
]);

/** Words of a question that say nothing about a schema. `name`, `number` and `id` do, so they are not here. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about all also an and any are as at be been being both but by can could did do does each every find for from get
  give had has have having he her his how i if in into is it its list many may me more most much my no not of on one
  only or other our out over please return same she should show so some such tell than that the their them then there
  these they this those to under up us very was we were what when where which while who whose why will with would you
  your`.split(/\s+/),
);
