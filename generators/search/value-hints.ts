import { splitWords, stem } from "./tokenise.ts";

/** What kind of thing a table's name stands for, as far as a question's form can ask for it. */
export const nounClasses = ["person", "topic", "place", "organization", "time"] as const;
export type NounClass = (typeof nounClasses)[number];

/** The class of a name by its last word: `staff_members` is a person. */
export function classOf(name: string): NounClass | null {
  for (const word of splitWords(name).toReversed()) {
    const found = CLASS_OF.get(stem(word));
    if (found) return found;
  }
  return null;
}

/** A thing that a question names by its own name, so that only the data knows which table it is of. */
export interface ValueHint {
  readonly text: string;
  /** Most likely classes first; empty when nothing tells. */
  readonly classes: readonly NounClass[];
}

/**
 * The names in a question (in quotes, or capitalised), each with the classes that the word before it and its own form
 * suggest, and what "who", "where" and "when" ask for.
 */
export function valueHints(question: string): readonly ValueHint[] {
  const hints: ValueHint[] = [];
  const asked = ASKED_BY.find(([word]) => new RegExp(`\\b${word}\\b`, "i").test(question));
  if (asked) hints.push({ text: asked[0], classes: [asked[1]] });
  for (const { text, before } of names(question)) {
    const byForm: NounClass[] = PERSONAL_NAME.test(text) ? ["person"] : [];
    const byWord = BY_PREPOSITION.get(before) ?? ["organization", "topic", "place"];
    hints.push({ text, classes: [...new Set([...byForm, ...byWord])] });
  }
  return hints;
}

const ASKED_BY: readonly (readonly [string, NounClass])[] = [
  ["who", "person"],
  ["whom", "person"],
  ["where", "place"],
];

/** Two to four capitalised words, initials among them: `Luke S Zettlemoyer`, `H. V. Jagadish`. */
const PERSONAL_NAME = /^(?:\p{Lu}[\p{L}'-]*\.?\s+){1,3}\p{Lu}[\p{Ll}'-]+$/u;

const BY_PREPOSITION: ReadonlyMap<string, readonly NounClass[]> = new Map([
  ["by", ["person", "organization"]],
  ["of", ["person", "organization", "place"]],
  ["about", ["topic"]],
  ["on", ["topic", "organization"]],
  ["using", ["topic"]],
  ["for", ["topic", "organization"]],
  ["in", ["organization", "place", "topic"]],
  ["at", ["organization", "place"]],
  ["from", ["place", "organization"]],
]);

interface Name {
  readonly text: string;
  /** The word before it, in lower case. */
  readonly before: string;
}

function names(question: string): Name[] {
  const quoted = [...question.matchAll(/(\p{L}+)?\s*(?:"\s*([^"]+?)\s*"|(?<=\s)'\s*([^']+?)\s*'(?=\W|$))/gu)].map(
    ([, before = "", a, b]) => ({ text: a ?? b ?? "", before: before.toLowerCase() }),
  );
  const rest = question.replaceAll(/"[^"]*"/g, " ");
  const capital = [
    ...rest.matchAll(
      /(?<=(?:^|\s)(\p{Ll}+)\s+)\p{Lu}[\p{L}\p{N}'.-]*(?:\s+(?:(?:of|the|and|de|van)\s+)?\p{Lu}[\p{L}\p{N}'.-]*)*/gu,
    ),
  ].map(([text, before = ""]) => ({ text, before: before.toLowerCase() }));
  const first = /^\s*(\p{Lu}{2,}|\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)+)(?=\s)/u.exec(rest);
  return [...quoted, ...capital, ...(first?.[1] === undefined ? [] : [{ text: first[1], before: "" }])];
}

const CLASS_OF: ReadonlyMap<string, NounClass> = new Map(
  (
    [
      [
        "person",
        `account actor actress agent artist athlete author buyer candidate captain celebrity client coach contact customer
        director doctor driver editor employee engineer guest guide host instructor journalist judge lecturer manager
        member musician nurse officer owner parent participant passenger patient people person physician pilot player
        poker politician president producer professor researcher resident reviewer scientist singer speaker staff student
        teacher trainer user visitor voter worker writer`,
      ],
      ["topic", "category domain field genre interest keyphrase keyword language skill subject tag theme topic type"],
      [
        "place",
        `address airport area building campus city continent country county district geographic house location neighborhood
        place region room site state station street territory town venue village`,
      ],
      [
        "organization",
        `brand club college company conference department firm hospital institution journal library manufacturer museum
        office organization party publisher restaurant school shop stadium store supplier team university vendor venue`,
      ],
      ["time", "date day month period quarter season semester term week year"],
    ] as const
  ).flatMap(([kind, words]) => words.split(/\s+/).map((word) => [stem(word), kind] as const)),
);
