import { visible } from "#generators/markdown/visible.ts";

/**
 * Names for Mermaid. Its grammars have no escapes, so a character they give a meaning is replaced: in labels by its
 * full-width twin, in words by `_`.
 */

const TWINS: Readonly<Record<string, string>> = {
  '"': "″",
  "%": "％",
  "\\": "＼",
  "#": "＃",
  ";": "；",
  "<": "‹",
  ">": "›",
  "&": "＆",
  "`": "ˋ",
  "{": "｛",
  "}": "｝",
  "[": "［",
  "]": "］",
  "*": "＊",
  "~": "∼",
};
/** Joins words without a width; between two words of Mermaid's own it keeps them from being an order. */
const WORD_JOINER = "\u2060";
const EMPTY = "\u00A0";

/** Text between double quotes: labels of boxes and lines. Never empty. */
export function mermaidText(text: string): string {
  const safe = visible(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " "))
    .replace(/["%\\#;<>&`{}[\]*~]/g, (character) => TWINS[character] ?? "_")
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, lowered)
    .trim()
    .replace(/direction(?=\s)/gi, (word) => word + WORD_JOINER);
  return safe === "" ? EMPTY : safe.toWellFormed();
}

/** A column's name, as a word of the entity-relationship grammar. */
export function mermaidName(name: string): string {
  const plain = wordOf(name.toWellFormed().replace(/[^\p{L}\p{M}\p{N}_]/gu, "_"));
  const word = /^_.*_$/.test(plain) ? plain.replace(/^_+|_+$/g, lowered) : plain;
  // The grammar takes these for marks of keys, in any case.
  return /^(?:pk|fk|uk)$/i.test(word) ? `_${word}` : word;
}

/** A column's type, as a word of the entity-relationship grammar; brackets and commas may stay. */
export function mermaidType(type: string): string {
  return wordOf(
    type
      .toWellFormed()
      .replace(/, */g, ",")
      .replace(/[^\p{L}\p{M}\p{N}_.,()[\]]/gu, "_"),
  );
}

/** An ASCII word for each id, unique in the diagram and none of Mermaid's own words. */
export function mermaidIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const result = new Map<string, string>();
  for (const id of ids) {
    const word = `t_${id.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "")}`;
    let free = word;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${word}_${number}`;
    taken.add(free.toLowerCase());
    result.set(id, free);
  }
  return result;
}

/** Mermaid reads labels and names as Markdown; a low macron looks like the underscore and emphasises nothing. */
function lowered(run: string): string {
  return "ˍ".repeat(run.length);
}

/** Mermaid's words are ASCII or above U+00C0, and begin with a letter or `_`. */
function wordOf(text: string): string {
  const word = text.replace(/[\u0080-\u00BF]/g, "_");
  return /^[A-Za-z_\u00C0-\uFFFF]/.test(word) ? word : `_${word}`;
}
