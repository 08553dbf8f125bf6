import type { Column, Table } from "#schemas/model.ts";
import type { Lexicon, Meaning } from "./lexicon.ts";
import { phraseAt, type Phrase } from "./phrases.ts";
import { splitWords } from "../search/tokenise.ts";
import { questionTokens, type Token } from "./tokens.ts";

/** A column that holds a value, as the database or the schema tells. */
export interface ValueHit {
  readonly table: Table;
  readonly column: Column;
  /** As it is stored. */
  readonly value: string;
}

/** Which columns hold a text, whatever its case. Texts are asked in lower case. */
export type KnownValues = ReadonlyMap<string, readonly ValueHit[]>;

/** A stretch of the question with what it is. */
export type Chunk = { readonly words: string } & (
  | { readonly kind: "mention"; readonly meanings: readonly Meaning[] }
  | { readonly kind: "value"; readonly text: string; readonly hits: readonly ValueHit[]; readonly isSure: boolean }
  | { readonly kind: "number"; readonly text: string; readonly hits: readonly ValueHit[] }
  | { readonly kind: "phrase"; readonly phrase: Phrase }
  | { readonly kind: "comma" }
  | { readonly kind: "stop" }
  | { readonly kind: "unknown" }
);

/** Cuts a question into phrases, names of the schema, values and words nobody knows; the longest reading wins. */
export function chunksOf(question: string, lexicon: Lexicon, values: KnownValues): Chunk[] {
  const tokens = questionTokens(question);
  const lower = tokens.map((token) => token.lower);
  const chunks: Chunk[] = [];
  for (let at = 0; at < tokens.length;) {
    const { chunk, length } = chunkAt({ tokens, lower, lexicon, values }, at);
    chunks.push(chunk);
    at += length;
  }
  return settleTies(chunks);
}

/** Of tables that a word may mean alike, the one that the question's other words speak of comes first. */
function settleTies(chunks: readonly Chunk[]): Chunk[] {
  const support = new Map<Table, number>();
  for (const chunk of chunks) {
    const meanings = chunk.kind === "mention" ? chunk.meanings : [];
    const own = meanings.flatMap(({ table, column, weight }) => (column && weight > 0.55 ? [table] : []));
    for (const table of new Set(own)) support.set(table, (support.get(table) ?? 0) + 1);
  }
  const byWeight = (a: Meaning, b: Meaning): number =>
    b.weight - a.weight || (support.get(b.table) ?? 0) - (support.get(a.table) ?? 0);
  return chunks.map((chunk) =>
    chunk.kind === "mention" ? { ...chunk, meanings: chunk.meanings.toSorted(byWeight) } : chunk,
  );
}

interface Context {
  readonly tokens: readonly Token[];
  readonly lower: readonly string[];
  readonly lexicon: Lexicon;
  readonly values: KnownValues;
}

interface Cut {
  readonly chunk: Chunk;
  readonly length: number;
}

function chunkAt(context: Context, at: number): Cut {
  const { tokens, values } = context;
  const token = tokens[at];
  if (token === undefined) throw new Error("No token there.");
  const words = token.text;
  if (token.kind === "quoted") {
    const hits = values.get(token.lower) ?? [];
    return { chunk: { kind: "value", words, text: token.text, hits, isSure: true }, length: 1 };
  }
  if (token.kind === "mark") return { chunk: { kind: token.text === "," ? "comma" : "stop", words }, length: 1 };
  const phrase = phraseAt(context.lower, at);
  const mention = mentionAt(context, at);
  const value = valueAt(context, at);
  const name = token.kind === "word" ? nameAt(context, at) : null;
  const lengths = [phrase?.length ?? 0, mention?.length ?? 0, value?.length ?? 0];
  // A small word is a value when the schema has no better name for it.
  const isNamed = mention !== null && mention.length >= (value?.length ?? 0) && weightOf(mention) > 0.5;
  if (value && value.length >= Math.max(...lengths) && !(isPlainWord(token, at) && (phrase || isNamed))) return value;
  if (token.kind === "number" && !(phrase && phrase.length > 1)) {
    return { chunk: { kind: "number", words, text: token.text, hits: values.get(token.lower) ?? [] }, length: 1 };
  }
  if (name && name.length > Math.max(mention?.length ?? 0, phrase?.length ?? 0)) return name;
  if (mention && (!phrase || mention.length > phrase.length || outweighs(mention, phrase.phrase, at))) return mention;
  if (phrase) {
    const said = tokens.slice(at, at + phrase.length).map(({ text }) => text);
    return { chunk: { kind: "phrase", words: said.join(" "), phrase: phrase.phrase }, length: phrase.length };
  }
  return name ?? { chunk: { kind: "unknown", words }, length: 1 };
}

/** A word that a phrase claims too is a name of the schema when it is the whole name, and not the order to list it. */
function outweighs(mention: Cut, phrase: Phrase, at: number): boolean {
  const weight = weightOf(mention);
  if (phrase.kind === "open" || phrase.kind === "noise" || phrase.kind === "have")
    return weight > 0.55 && (at > 0 || phrase.kind !== "open");
  return (
    weight > 0.9 &&
    phrase.kind !== "count" &&
    phrase.kind !== "aggregate" &&
    phrase.kind !== "superlative" &&
    phrase.kind !== "preposition" &&
    phrase.kind !== "not" &&
    phrase.kind !== "and"
  );
}

function weightOf({ chunk }: Cut): number {
  return chunk.kind === "mention" ? (chunk.meanings[0]?.weight ?? 0) : 0;
}

const SMALL = new Set(["of", "the", "a", "an"]);

function mentionAt({ tokens, lexicon }: Context, at: number): Cut | null {
  const first = tokens[at];
  if (first === undefined || SMALL.has(first.lower) || LINKS.has(first.lower)) return null;
  for (let length = Math.min(lexicon.longest + 2, tokens.length - at); length > 0; length -= 1) {
    const part = tokens.slice(at, at + length);
    if (part.some(({ kind }) => kind !== "word") || SMALL.has(part.at(-1)?.lower ?? "")) continue;
    const stems = part
      .filter(({ lower }) => !SMALL.has(lower) && !(length > 1 && LINKS.has(lower)))
      .flatMap(({ stem }) => stem.split(/[_-]/));
    const last = part.at(-1)?.lower ?? "";
    // `directed by` is a name that ends so; `papers in` is a name and a preposition.
    const endsSo = ({ table, column }: Meaning): boolean => (column ?? table).name.toLowerCase().endsWith(last);
    const all = literalFirst(
      lexicon.find(stems.join(" ")),
      part.map(({ lower }) => lower),
    );
    const links = part.slice(1, -1).flatMap(({ lower }) => (LINKS.has(lower) ? [lower] : []));
    const saysSo = ({ table, column }: Meaning): boolean =>
      links.every((link) => splitWords((column ?? table).name).includes(link));
    const meanings = all.filter((meaning) => saysSo(meaning) && (!LINKS.has(last) || endsSo(meaning)));
    if (meanings.length === 0) continue;
    const best = meanings[0]?.weight ?? 0;
    if (best < WHOLE && endsWithTable(part, lexicon)) continue;
    return {
      chunk: {
        kind: "mention",
        words: part.map(({ text }) => text).join(" "),
        meanings: meanings.filter(({ weight }) => weight > best - 0.45),
      },
      length,
    };
  }
  return null;
}

/** `screens` is a number of screens rather than a screening, though both have one stem. */
function literalFirst(meanings: readonly Meaning[], said: readonly string[]): readonly Meaning[] {
  const bare = (word: string): string => word.replace(/s$/, "");
  const isLiteral = ({ table, column }: Meaning): boolean => {
    const name = new Set(splitWords((column ?? table).name).map(bare));
    return said.every((word) => name.has(bare(word)));
  };
  const isVerb = /(?:ed|ing)$/.test(said.at(-1) ?? "");
  if (isVerb || !meanings.some(isLiteral)) return meanings;
  return meanings
    .map((meaning) => (isLiteral(meaning) ? meaning : { ...meaning, weight: meaning.weight - ONLY_BY_STEM }))
    .toSorted((a, b) => b.weight - a.weight);
}

const ONLY_BY_STEM = 0.05;
const WHOLE = 0.9;

/** `ids of the courses` are a column and a table; `date of birth` is one name. */
function endsWithTable(part: readonly Token[], lexicon: Lexicon): boolean {
  const of = part.findIndex(({ lower }) => lower === "of");
  if (of < 1) return false;
  const after = part.slice(of + 1).flatMap(({ lower, stem }) => (SMALL.has(lower) ? [] : [stem]));
  return lexicon.find(after.join(" ")).some(({ column, weight }) => column === undefined && weight > WHOLE);
}

/** Inside a name only: `directed by`, `date of birth`. */
const LINKS = new Set(["by", "in", "to", "for", "on", "at"]);
const LONGEST_VALUE = 6;

/** The longest stretch that the data knows. */
function valueAt({ tokens, lower, values }: Context, at: number): Cut | null {
  for (let length = Math.min(LONGEST_VALUE, tokens.length - at); length > 0; length -= 1) {
    const part = tokens.slice(at, at + length);
    if (part.some(({ kind }) => kind === "quoted" || kind === "mark")) continue;
    if (length === 1 && part[0]?.kind === "number") continue;
    const hits = values.get(lower.slice(at, at + length).join(" "));
    if (!hits || hits.length === 0) continue;
    const words = part.map(({ text }) => text).join(" ");
    return { chunk: { kind: "value", words, text: words, hits, isSure: true }, length };
  }
  return null;
}

/** A run of capitalised words inside a sentence: `New York City`, `Bank of America`. */
function nameAt({ tokens, lower }: Context, at: number): Cut | null {
  const isCapital = (token: Token | undefined): boolean => token?.kind === "word" && /^\p{Lu}/u.test(token.text);
  if (!isCapital(tokens[at])) return null;
  // The first word of a sentence is capitalised anyway, unless it is all capitals or the next one is capitalised too.
  const isStart = at === 0 || /[.?!]/.test(tokens[at - 1]?.text ?? "");
  if (isStart && !(isCapital(tokens[at + 1]) || /^\p{Lu}{2,}/u.test(tokens[at]?.text ?? ""))) return null;
  if (isStart && phraseAt(lower, at) !== null) return null;
  let end = at + 1;
  while (
    isCapital(tokens[end]) ||
    (/^(?:of|the|and|de|van|von|la)$/.test(lower[end] ?? "") && lower[end] !== "and" && isCapital(tokens[end + 1]))
  )
    end += 1;
  const text = tokens
    .slice(at, end)
    .map((token) => token.text)
    .join(" ");
  return { chunk: { kind: "value", words: text, text, hits: [], isSure: false }, length: end - at };
}

function isPlainWord(token: Token, at: number): boolean {
  return token.kind === "word" && (at === 0 || !/^\p{Lu}/u.test(token.text));
}
