import type { Chunk } from "./chunks.ts";
import type { Intent } from "./intent.ts";
import type { Lexicon } from "./lexicon.ts";
import { readModifier } from "./read-modifiers.ts";
import { readHappened } from "./read-missing.ts";
import { readSelect, settleAsked } from "./read-select.ts";
import { peek, phraseOf, skipNoise, startReader, type Reader } from "./reader.ts";
import { readGroup } from "./read-group.ts";

/** What a question asks for; words that have no part in it are in `unexplained`. */
export function readQuestion(
  chunks: readonly Chunk[],
  lexicon: Lexicon,
): { readonly intent: Intent; readonly reader: Reader } {
  const reader = startReader(chunks, lexicon);
  readOpening(reader);
  readSelect(reader);
  while (reader.at < chunks.length) {
    const before = reader.at;
    const { sink, joinsLast } = reader;
    const known = sink.length;
    readModifier(reader);
    if (joinsLast === "or" && reader.sink === sink) readEither(reader, known);
    if (reader.at > before) continue;
    const chunk = peek(reader);
    if (chunk) reader.intent.unexplained.push(chunk.words);
    reader.at += 1;
  }
  if (reader.joinsLast === "or") reader.intent.unexplained.push("or");
  settleAsked(reader);
  settleHowMany(reader);
  settlePending(reader);
  if (reader.negated) reader.intent.unexplained.push("not");
  return { intent: reader.intent, reader };
}

/** `after 2013 or before 2008`: the condition that `or` brought is enough. */
function readEither(reader: Reader, known: number): void {
  const { sink, intent } = reader;
  const added = sink.at(-1);
  if (sink.length !== known + 1 || known === 0 || added === undefined) return;
  intent.either.add(added);
  reader.joinsLast = null;
}

/** `For each country, show …`, `In 2014, which …` come before what is asked. */
function readOpening(reader: Reader): void {
  skipNoise(reader);
  if (phraseOf(peek(reader))?.kind === "each") {
    readGroup(reader);
    if (peek(reader)?.kind === "comma") reader.at += 1;
    return;
  }
  if (phraseOf(peek(reader))?.kind === "preposition" && /^(?:which|what)$/i.test(peek(reader, 1)?.words ?? "")) {
    reader.at += 1;
    return;
  }
  const comma = reader.chunks.findIndex(({ kind }) => kind === "comma");
  const isPreposition = phraseOf(peek(reader))?.kind === "preposition";
  if (!isPreposition || comma < 0 || comma > 6) return;
  if (reader.chunks.slice(0, comma).some((chunk) => phraseOf(chunk)?.kind === "open")) return;
  while (reader.at < comma) {
    const before = reader.at;
    readModifier(reader);
    if (reader.at === before) break;
  }
  if (reader.at === comma) reader.at += 1;
}

/** `how many tickets were sold for each film`, `… in total`: of many rows the sum. */
function settleHowMany({ intent, chunks }: Reader): void {
  const isTotal = chunks.some(({ words }) => /^(?:in total|altogether)$/i.test(words));
  for (const [at, item] of intent.items.entries()) {
    if (item.kind !== "column" || !item.isHowMany || item.fn) continue;
    const tables = new Set(item.asked.meanings.map(({ table }) => table));
    const isOfOthers =
      intent.groups.length > 0 && intent.groups.every((group) => group.kind === "thing" && !tables.has(group.table));
    if (isTotal || isOfOthers) intent.items.splice(at, 1, { ...item, fn: "sum" });
  }
}

function settlePending(reader: Reader): void {
  const { pending, intent } = reader;
  if (pending === null || readHappened(reader)) return;
  // `has spent the most money` says by what they are ranked.
  if (pending.isTotal && intent.orders.some((order) => order.kind === "column" && order.fn === "sum")) return;
  // `the dog treated`: a word that also names a column, said of a table that takes part, ties them together.
  if (pending.meanings.every(({ table }) => intent.involved.has(table)) && /(?:ed|ing)$/.test(pending.words)) return;
  intent.unexplained.push(pending.words);
}
