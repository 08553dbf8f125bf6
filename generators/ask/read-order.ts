import { isTime } from "./display.ts";
import type { Order } from "./intent.ts";
import type { Phrase } from "./phrases.ts";
import { asked, columnsOf, isQuantity, peek, phraseOf, skipNoise, tableOf, type Reader } from "./reader.ts";
import { isSummed, measuredBy, orderByAdjective, orderByMention } from "./superlatives.ts";

/** `with the most citations`, `the highest salary`, `the most concerts`. */
export function readSuperlative(
  reader: Reader,
  { most, adjective, rank }: Extract<Phrase, { readonly kind: "superlative" }>,
): void {
  const { at: begin, chunks } = reader;
  reader.at += 1;
  skipNoise(reader, ["count", "preposition"]);
  const chunk = peek(reader);
  // The most money is an amount, and no number of payments.
  const table = /^(?:money|amounts?)$/i.test(chunk?.words ?? "") ? null : tableOf(chunk);
  if (rank !== undefined) reader.intent.offset = rank - 1;
  if (orderByFigure(reader, most)) return;
  if (adjective !== undefined) {
    const subject = table?.table ?? reader.focus;
    if (table) {
      reader.at += 1;
      reader.intent.involved.add(table.table);
      reader.focus = table.table;
    }
    const named = columnsOf(chunk, (column, owner) => isQuantity(column, owner) || isTime(column));
    if (!table && named.length > 0) {
      reader.at += 1;
      const { limit } = reader.intent;
      if (orderByMention(reader, { most, meanings: named, words: chunk?.words ?? "" })) {
        passFirst(reader, limit);
        return;
      }
    }
    if (subject && orderByAdjective(reader, { adjective, most, table: subject })) return;
  } else if (table) {
    reader.at += 1;
    reader.intent.orders.push({ kind: "count", of: table.table, descending: most });
    // `the country with the most customers first` sorts and leaves nothing out.
    if (peek(reader)?.words.toLowerCase() === "first") reader.at += 1;
    else reader.intent.limit ??= 1;
    reader.intent.involved.add(table.table);
    reader.focus = table.table;
    return;
  } else {
    const named = columnsOf(chunk, (column, owner) => isQuantity(column, owner) || isTime(column));
    if (named.length > 0) {
      reader.at += 1;
      const { limit } = reader.intent;
      const isMost = /^(?:most|least|fewest)$/i.test(chunks[begin]?.words ?? "");
      const fn = isMost && isSummed(reader, named) ? ("sum" as const) : undefined;
      orderByMention(reader, { most, meanings: named, words: chunk?.words ?? "", ...(fn ? { fn } : {}) });
      if (fn && phraseOf(peek(reader))?.kind === "preposition" && peek(reader, 1)?.words === "total") reader.at += 2;
      passFirst(reader, limit);
      return;
    }
    const [text] = columnsOf(chunk);
    if (text) {
      // The most languages are the most rows of where languages are kept.
      reader.at += 1;
      reader.intent.orders.push({ kind: "count", of: text.table, descending: most });
      reader.intent.limit ??= 1;
      reader.intent.involved.add(text.table);
      return;
    }
  }
  if (reader.pending?.isTotal) {
    reader.intent.orders.push({ kind: "column", asked: reader.pending, descending: most, fn: "sum" });
    reader.intent.limit ??= 1;
    reader.pending = null;
    reader.at = begin + 1;
    return;
  }
  if (adjective !== undefined && isPendingMost(reader, begin, most)) return;
  if (isMostCommon(reader, begin, most) || isDoneMost(reader, begin, most)) return;
  reader.at = begin;
}

/** `with the highest average rating`: groups are ranked by a figure. */
function orderByFigure(reader: Reader, most: boolean): boolean {
  const phrase = phraseOf(peek(reader));
  const next = peek(reader, 1);
  const meanings = phrase?.kind === "aggregate" ? columnsOf(next, isQuantity) : [];
  if (phrase?.kind !== "aggregate" || meanings.length === 0) return false;
  reader.at += 2;
  const column = asked(next?.words ?? "", meanings, reader.focus);
  reader.intent.orders.push({ kind: "column", asked: column, descending: most, fn: phrase.fn });
  reader.intent.limit ??= 1;
  return true;
}

/** `highest total first` sorts and leaves nothing out. */
function passFirst(reader: Reader, limit: number | null): void {
  if (peek(reader)?.words.toLowerCase() !== "first") return;
  reader.at += 1;
  reader.intent.limit = limit;
}

/** `whose number of products is the largest`: what was named just before is ranked. */
function isPendingMost(reader: Reader, begin: number, most: boolean): boolean {
  const meanings = (reader.pending?.meanings ?? []).filter(
    ({ column, table }) => column && (isQuantity(column, table) || isTime(column)),
  );
  if (meanings.length === 0) return false;
  orderByMention(reader, { most, meanings, words: reader.pending?.words ?? "" });
  reader.pending = null;
  reader.at = begin + 1;
  return true;
}

/** `which medication was prescribed the most`: what is done is counted. */
function isDoneMost(reader: Reader, begin: number, most: boolean): boolean {
  const { intent, chunks, focus } = reader;
  const [item, ...others] = intent.items;
  const subject = item?.kind === "thing" ? item.table : null;
  const next = chunks[begin + 1];
  const ends = next === undefined || next.kind === "stop" || next.kind === "comma";
  const done = [...new Set([...(focus ? [focus] : []), ...intent.involved])].find((table) => table !== subject);
  if (subject === null || done === undefined || others.length > 0 || !ends) return false;
  if (/common|popular/.test(chunks[begin]?.words.toLowerCase() ?? "")) return false;
  intent.orders.push({ kind: "count", of: done, descending: most });
  intent.limit ??= 1;
  reader.pending = null;
  reader.at = begin + 1;
  return true;
}

/** `which language is the most popular`: the value with the most rows. */
function isMostCommon(reader: Reader, begin: number, most: boolean): boolean {
  const { intent, chunks } = reader;
  const [only, ...others] = intent.items;
  if (!/common|popular|frequent/.test(chunks[begin]?.words.toLowerCase() ?? "")) return false;
  if (only?.kind !== "column" || only.fn || others.length > 0) return false;
  intent.orders.push({ kind: "count", of: null, descending: most });
  intent.limit ??= 1;
  reader.at = begin + 1;
  return true;
}

/** True when what is sorted by falls as the adjective rises: the oldest has the lowest year of birth. */
function fallsWith(order: Order, { adjective }: Extract<Phrase, { readonly kind: "range" }>): boolean {
  if (order.kind !== "column") return false;
  return order.asked.meanings.some(({ table, column }) => {
    const measured = adjective === undefined ? null : measuredBy(table, adjective);
    return measured !== null && measured.column === column && !measured.rises;
  });
}

/** `sorted by age in descending order`, `in alphabetical order of name`, `from oldest to youngest`. */
export function readOrder(reader: Reader): void {
  const { intent } = reader;
  let descending: boolean | null = null;
  let found = false;
  for (let chunk = peek(reader); chunk !== undefined; chunk = peek(reader)) {
    const phrase = phraseOf(chunk);
    if (phrase?.kind === "direction") descending = phrase.descending;
    else if (phrase?.kind === "range") {
      const table = reader.focus;
      const limit = intent.limit;
      const last = found ? intent.orders.at(-1) : undefined;
      if (last) {
        last.descending = fallsWith(last, phrase) !== phrase.descending;
        reader.at += 1;
        continue;
      }
      if (table && orderByAdjective(reader, { adjective: phrase.adjective ?? "", most: phrase.descending, table }))
        found = true;
      intent.limit = limit;
    } else if (phrase?.kind === "count" && tableOf(peek(reader, 1))) {
      intent.orders.push({ kind: "count", of: tableOf(peek(reader, 1))?.table ?? null, descending: false });
      found = true;
      reader.at += 1;
    } else if (columnsOf(chunk).length > 0) {
      const table = tableOf(chunk)?.table;
      const next = table ? columnsOf(peek(reader, 1)).filter((meaning) => meaning.table === table) : [];
      if (next.length > 0) reader.at += 1;
      const column = asked(chunk.words, next.length > 0 ? next : columnsOf(chunk), reader.focus);
      intent.orders.push({ kind: "column", asked: column, descending: false });
      found = true;
    } else if (
      phrase?.kind === "aggregate" ||
      !(chunk.kind === "comma" || ["order", "noise", "preposition", "and"].includes(phrase?.kind ?? ""))
    )
      break;
    reader.at += 1;
  }
  if (!found) {
    const [first] = intent.items;
    if (first?.kind === "column") intent.orders.push({ kind: "column", asked: first.asked, descending: false });
    if (first?.kind === "thing")
      intent.orders.push({
        kind: "column",
        asked: asked("name", [{ table: first.table, weight: 1 }], first.table),
        descending: false,
      });
    if (first?.kind === "count") intent.orders.push({ kind: "count", of: first.of, descending: false });
  }
  if (descending) for (const order of intent.orders) order.descending = true;
}
