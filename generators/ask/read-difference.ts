import type { Item } from "./intent.ts";
import { phraseOf, peek, type Reader } from "./reader.ts";

/**
 * Reads `the difference between the highest and the lowest price`: the two figures, or columns of one row, that follow.
 * `readItems` reads what is listed. False when there are not two of one kind.
 */
export function readDifference(reader: Reader, readItems: () => void): boolean {
  const { intent } = reader;
  const before = intent.items.length;
  const words = peek(reader)?.words ?? "";
  reader.at += 1;
  readItems();
  const [from, less, ...others] = intent.items.slice(before);
  const isPair = from?.kind === "column" && less?.kind === "column" && others.length === 0;
  if (!isPair || (from.fn === undefined) !== (less.fn === undefined)) {
    intent.unexplained.push(words);
    return false;
  }
  intent.items.splice(before, 2, lessThan(from, less));
  return true;
}

/** Reads `gross minus budget` behind an item. False when nothing is taken off it. */
export function readMinus(reader: Reader, readItem: () => boolean): boolean {
  const { intent } = reader;
  if (phraseOf(peek(reader))?.kind !== "minus") return false;
  const from = intent.items.at(-1);
  const count = intent.items.length;
  const begin = reader.at;
  reader.at += 1;
  while (phraseOf(peek(reader))?.kind === "noise") reader.at += 1;
  const less = readItem() && intent.items.length === count + 1 ? intent.items.at(-1) : undefined;
  if (from?.kind === "column" && less?.kind === "column" && (from.fn === undefined) === (less.fn === undefined)) {
    intent.items.splice(count - 1, 2, lessThan(from, less));
    return true;
  }
  intent.items.splice(count);
  reader.at = begin;
  return false;
}

type ColumnItem = Extract<Item, { readonly kind: "column" }>;

function lessThan(from: ColumnItem, { asked, fn }: ColumnItem): Item {
  return { ...from, less: { asked, ...(fn === undefined ? {} : { fn }) } };
}
