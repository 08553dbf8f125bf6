import { isFlagOfNext, readFlagOfNext } from "./read-adjective.ts";
import { asked, columnsOf, isQuantity, peek, phraseOf, tableOf, type Reader } from "./reader.ts";

/** `how many singers`, `the number of different countries`. */
export function readCount(reader: Reader): boolean {
  const { intent } = reader;
  const isTotal = /^(?:the )?(?:total|overall|combined) /i.test(peek(reader)?.words ?? "");
  reader.at += 1;
  let distinct = false;
  for (
    let phrase = phraseOf(peek(reader));
    phrase && ["noise", "distinct", "preposition"].includes(phrase.kind);
    phrase = phraseOf(peek(reader))
  ) {
    distinct ||= phrase.kind === "distinct";
    reader.at += 1;
  }
  if (isFlagOfNext(reader)) readFlagOfNext(reader);
  const chunk = peek(reader);
  const table = tableOf(chunk);
  if (table) {
    reader.at += 1;
    const own = columnsOf(peek(reader)).filter((meaning) => meaning.table === table.table);
    if (own.length > 0 && isCompound(peek(reader)?.words ?? "", own[0]?.weight ?? 0)) {
      intent.items.push({ kind: "count", of: null, asked: asked(peek(reader)?.words ?? "", own, table.table) });
      reader.at += 1;
    } else intent.items.push({ kind: "count", of: table.table });
    intent.involved.add(table.table);
    reader.focus = table.table;
    return true;
  }
  const columns = columnsOf(chunk);
  if (columns.length > 0) {
    const words = chunk?.words ?? "";
    reader.at += 1;
    // `how many official languages`: the first says which of the second.
    if (peek(reader)?.kind === "mention") intent.unexplained.push(words);
    // The number of citations is a column already where one holds a quantity.
    const quantities = columnsOf(chunk, isQuantity);
    if (quantities.length > 0 && !distinct)
      intent.items.push({
        kind: "column",
        asked: asked(words, quantities, null),
        ...(isTotal || areThere(reader) ? { fn: "sum" as const } : { isHowMany: true as const }),
      });
    else intent.items.push({ kind: "count", of: null, asked: asked(words, columns, null) });
    return true;
  }
  // `How many Italian restaurants`: the value is read with the rest.
  intent.items.push({ kind: "count", of: null });
  return false;
}

/** `how many test takers are there`: all of them. */
function areThere(reader: Reader): boolean {
  return /^(?:are|were) there\b/i.test([0, 1].map((ahead) => peek(reader, ahead)?.words ?? "").join(" "));
}

/** `the percentage of clients that are female`: what is said of them is what is counted. */
export function readShare(reader: Reader): boolean {
  let ahead = 1;
  while (phraseOf(peek(reader, ahead))?.kind === "noise") ahead += 1;
  const table = tableOf(peek(reader, ahead))?.table;
  if (table === undefined) return false;
  reader.at += ahead + 1;
  reader.intent.items.push({ kind: "count", of: table, isShare: true });
  reader.intent.involved.add(table);
  reader.focus = table;
  return true;
}

/** `student names`, but not `orders shipped`. */
export function isCompound(words: string, weight: number): boolean {
  return weight > 0.55 && !/(?:ed|ing)\b/.test(words);
}
