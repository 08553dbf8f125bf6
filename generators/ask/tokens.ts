import { stem } from "../search/tokenise.ts";

/** A word, number, quoted text or mark of a question. */
export interface Token {
  readonly kind: "word" | "number" | "quoted" | "mark";
  /** As written; without the quotes. */
  readonly text: string;
  readonly lower: string;
  readonly stem: string;
}

/** The parts of a question in order; contractions are written out and possessive endings left out. */
export function questionTokens(question: string): Token[] {
  const plain = question
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201C\u201D]/g, '"')
    .replaceAll(/\b(do|does|did|is|are|was|were|has|have|had)\s?n't\b/gi, "$1 not")
    .replaceAll(/\s'(s)\b/g, "'$1")
    .replaceAll(/\bfirst and last (names?)\b/gi, "first name and last $1")
    .replaceAll(/\bfirst, middle,? and last (names?)\b/gi, "first name, middle name and last $1")
    .replaceAll(/\b(than|least|most|exactly|only) one\b/gi, "$1 1");
  return [...plain.matchAll(PARTS)].flatMap((match) => {
    const { quoted, single, number, word, mark } = match.groups ?? {};
    const text = quoted ?? single;
    if (text !== undefined) return [token("quoted", text.trim())];
    if (number !== undefined) return [token("number", number.replaceAll(",", ""))];
    if (word !== undefined) {
      const bare = word.replace(/'s?$/i, "");
      const digits = NUMBER_WORDS.get(bare.toLowerCase());
      return [digits === undefined ? token("word", bare) : token("number", digits)];
    }
    return [token("mark", mark ?? "")];
  });
}

const PARTS =
  /"(?<quoted>[^"]+)"|(?<=^|[\s(])'(?<single>[^']+?)'(?=$|[\s,.?!;)])|(?<number>\d{4}-\d\d-\d\d|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\p{L}])|(?<word>[\p{L}\p{N}](?:[\p{L}\p{N}_'.&/+-]*[\p{L}\p{N}_'])?)|(?<mark>[,.?!;:()])/gu;

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  "two three four five six seven eight nine ten".split(" ").map((word, at) => [word, String(at + 2)]),
);

function token(kind: Token["kind"], text: string): Token {
  const lower = text.toLowerCase();
  return { kind, text, lower, stem: stem(lower) };
}
