import type { Table } from "#schemas/model.ts";
import type { Comparison } from "./phrases.ts";
import { asked, columnsOf, isQuantity, peek, phraseOf, tableOf, type Reader } from "./reader.ts";

/**
 * Reads `an average height above 1.9`, `a total of payments of more than 100`: a figure of each group that is compared
 * with a number. False, and nothing is changed, when no comparison follows.
 */
export function readHaving(reader: Reader): boolean {
  const phrase = phraseOf(peek(reader));
  if (phrase?.kind !== "aggregate") return false;
  let ahead = pass(reader, 1, ["noise", "preposition"]);
  const mention = peek(reader, ahead);
  const quantities = columnsOf(mention, isQuantity);
  if (quantities.length === 0) return false;
  ahead = pass(reader, ahead + 1, ["noise", "preposition"]);
  let near: Table | null = reader.focus;
  const table = tableOf(peek(reader, ahead));
  if (table) {
    near = table.table;
    ahead = pass(reader, ahead + 1, ["noise", "preposition"]);
  }
  const compare = phraseOf(peek(reader, ahead));
  const number = peek(reader, pass(reader, ahead + 1, ["noise"]));
  if (compare?.kind !== "compare" || number?.kind !== "number") return false;
  const op: Comparison = compare.op;
  const column = asked(mention?.words ?? "", quantities, near);
  reader.intent.having = { op, value: number.text, of: null, asked: column, fn: phrase.fn };
  reader.at += pass(reader, ahead + 1, ["noise"]) + 1;
  return true;
}

/** How far ahead the first chunk is that is none of these. */
function pass(reader: Reader, from: number, kinds: readonly string[]): number {
  let ahead = from;
  while (kinds.includes(phraseOf(peek(reader, ahead))?.kind ?? "")) ahead += 1;
  return ahead;
}
