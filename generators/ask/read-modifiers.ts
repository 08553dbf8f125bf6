import type { Table } from "#schemas/model.ts";
import type { Chunk } from "./chunks.ts";
import { displayColumns } from "./display.ts";
import type { Asked, Item } from "./intent.ts";
import type { Phrase } from "./phrases.ts";
import { readOrder, readSuperlative } from "./read-order.ts";
import { readGroup } from "./read-group.ts";
import { OPPOSITE, readBareNumber, readBetween, readComparison } from "./read-comparison.ts";
import { readHaving } from "./read-having.ts";
import { readDeniedAfter, readHappened, readMissing } from "./read-missing.ts";
import { readNumber } from "./read-number.ts";
import { readUnknown } from "./read-unknown.ts";
import { readPastUnits, readPeriod, readUnitGroup } from "./read-period.ts";
import { readSelect } from "./read-select.ts";
import { readValue } from "./read-value.ts";
import {
  asked,
  askedColumn,
  columnsOf,
  isQuantity,
  peek,
  phraseOf,
  prepositionBefore,
  saysWhich,
  startWithout,
  tableOf,
  takePart,
  type Reader,
} from "./reader.ts";
import { isSummed, orderByMention } from "./superlatives.ts";

/** Reads one part of what is said of the listed things, and moves on; stays where it is when it knows nothing. */
export function readModifier(reader: Reader): void {
  const chunk = peek(reader);
  if (readPastUnits(reader) || readByUnit(reader)) return;
  switch (chunk?.kind) {
    case "phrase":
      return readPhrase(reader, chunk.phrase);
    case "comma":
    case "stop":
      reader.at += 1;
      return;
    case "mention":
      return readMention(reader, chunk);
    case "value":
      return readValue(reader, chunk);
    case "number":
      return readBareNumber(reader, chunk.text);
    case "unknown":
      return readUnknown(reader, chunk.words);
    default:
  }
}

function readPhrase(reader: Reader, phrase: Phrase): void {
  const { intent } = reader;
  switch (phrase.kind) {
    case "noise":
    case "named":
      reader.at += 1;
      return;
    case "relative":
      reader.at += 1;
      reader.has = false;
      return;
    case "who":
      reader.at += 1;
      return;
    case "have":
      reader.at += 1;
      reader.has = true;
      // `products with their prices` lists the prices too.
      if (phraseOf(peek(reader))?.kind === "noise" && isTheirs(reader, 1) && columnsOf(peek(reader, 1)).length > 0)
        readMoreItems(reader);
      return;
    case "preposition":
      reader.at += 1;
      return;
    case "period":
      return void readPeriod(reader, phrase);
    case "not":
      if (readDeniedAfter(reader)) return;
      reader.at += 1;
      reader.negated = true;
      return;
    case "and":
      reader.at += 1;
      if (reader.joinsLast !== "both") reader.joinsLast = null;
      if (readOtherThing(reader)) return;
      if (listsMore(reader)) readMoreItems(reader);
      return;
    case "or":
      reader.at += 1;
      reader.joinsLast = "or";
      return;
    case "both":
      reader.at += 1;
      reader.joinsLast = "both";
      return;
    case "distinct":
      reader.at += 1;
      intent.distinct = true;
      return;
    case "each":
      if (!readGroup(reader)) intent.unexplained.push("each");
      return;
    case "compare":
      return readComparison(reader, phrase);
    case "between":
      return readBetween(reader);
    case "superlative":
      return readSuperlative(reader, phrase);
    case "order":
    case "direction":
    case "range":
      return readOrder(reader);
    case "contains":
      return readContains(reader);
    case "open":
      if (!beginsSentence(reader)) {
        reader.at += 1;
        return;
      }
      return readMoreItems(reader);
    case "aggregate":
      if (readHaving(reader)) return;
      return readMoreItems(reader);
    case "count":
      if (readCountOrder(reader)) return;
      return readMoreItems(reader);
    default:
  }
}

function subjectOf(item: Item): Table | null {
  if (item.kind === "thing") return item.table;
  return item.kind === "count" ? item.of : null;
}

/** `years in which they were founded` asks for nothing; `…, what is …` and `List …` do. */
function beginsSentence({ chunks, at }: Reader): boolean {
  if (!/^(?:which|what)$/i.test(chunks[at]?.words ?? "")) return true;
  const before = chunks[at - 1];
  return before?.kind === "stop" || before?.kind === "comma" || phraseOf(before)?.kind === "and";
}

/** `conductors and the orchestras they have led`: a second thing is listed beside the first, before any condition. */
function readOtherThing(reader: Reader): boolean {
  const { intent } = reader;
  let ahead = 0;
  while (phraseOf(peek(reader, ahead))?.kind === "noise") ahead += 1;
  const table = tableOf(peek(reader, ahead))?.table;
  const isPlain =
    intent.conditions.length + intent.groups.length + intent.orders.length === 0 &&
    intent.having === null &&
    intent.items.every((item) => item.kind === "thing" || (item.kind === "column" && item.fn === undefined));
  const next = peek(reader, ahead + 1);
  const isLast =
    next === undefined || next.kind === "stop" || next.kind === "comma" || /^(?:they|it|he|she)$/i.test(next.words);
  const isListed = intent.items.some((item) => item.kind === "thing" && item.table === table);
  if (table === undefined || !isPlain || !isLast || isListed || reader.negated || reader.joinsLast === "both")
    return false;
  intent.items.push({ kind: "thing", table });
  intent.involved.add(table);
  reader.at += ahead + 1;
  return true;
}

/** `… and the name of the dog`: another column of another thing. */
function listsMore(reader: Reader): boolean {
  let ahead = 0;
  while (phraseOf(peek(reader, ahead))?.kind === "noise") ahead += 1;
  if (columnsOf(peek(reader, ahead)).length === 0 || tableOf(peek(reader, ahead))) return false;
  // `nurses and their positions`: what follows is of what was listed, unless something is said of it.
  if (isTheirs(reader, ahead)) return true;
  const of = phraseOf(peek(reader, ahead + 1));
  let after = ahead + 2;
  while (phraseOf(peek(reader, after))?.kind === "noise") after += 1;
  return of?.kind === "preposition" && of.word === "of" && tableOf(peek(reader, after)) !== null;
}

function isTheirs(reader: Reader, ahead: number): boolean {
  const owner = peek(reader, ahead - 1)?.words.toLowerCase() ?? "";
  const next = peek(reader, ahead + 1);
  const ends = next === undefined || next.kind === "comma" || next.kind === "stop";
  return ahead > 0 && ["their", "its", "his", "her"].includes(owner) && (ends || phraseOf(next)?.kind === "order");
}

/** A second sentence says more of what to list: `… Give their names.` */
function readMoreItems(reader: Reader): void {
  const { intent } = reader;
  const before = reader.at;
  const first = intent.items.splice(0, intent.items.length);
  readSelect(reader);
  const added = intent.items.splice(0, intent.items.length);
  if (added.length === 0) {
    intent.items.push(...first);
    if (reader.at === before || phraseOf(reader.chunks[before])?.kind !== "open") reader.at = before;
    return;
  }
  // `Which museums …? Give their names.` asks for the names of what was asked for; a count stands beside what it counts.
  const kept = first.filter(
    (item) =>
      item.kind === "count" ||
      (item.kind === "column" && item.fn !== undefined) ||
      (item.kind === "column" && !added.some((one) => one.kind === "column" && isSameAsked(one.asked, item.asked))),
  );
  const said = added.filter((item) => item.kind !== "count" || !kept.some(({ kind }) => kind === "count"));
  const subject = first.map(subjectOf).find((table) => table !== null);
  for (const item of said) if (item.kind === "column") item.asked.near ??= subject ?? null;
  intent.items.push(
    ...said.filter((item) => item.kind !== "count"),
    ...kept,
    ...said.filter((item) => item.kind === "count"),
  );
}

/** The names of coaches are not the names of their clubs. */
function isSameAsked(a: Asked, b: Asked): boolean {
  return a.words === b.words && (b.near === null || a.near === b.near);
}

function readMention(reader: Reader, chunk: Extract<Chunk, { readonly kind: "mention" }>): void {
  const { intent } = reader;
  const table = tableOf(chunk);
  reader.at += 1;
  if (/(?:ed|ing)$/i.test(chunk.words) && !table && saysWhich({ ...reader, at: reader.at - 1 }))
    intent.unexplained.push(chunk.words);
  // A column that nothing was said of has no part in the question.
  if (!readHappened(reader) && reader.pending && !/(?:ed|ing|orn)\b/.test(reader.pending.words))
    intent.unexplained.push(reader.pending.words);
  if (!table) {
    const compare = phraseOf(reader.chunks[reader.at - 2]);
    const number = peek(reader);
    if (compare?.kind === "compare" && number?.kind === "number") {
      // `under age 30`
      reader.pending = asked(chunk.words, columnsOf(chunk), reader.focus);
      reader.at += 1;
      if (readNumber(reader, { op: reader.negated ? OPPOSITE[compare.op] : compare.op, text: number.text })) return;
      reader.at -= 1;
    }
    // `a republic as their form of government` says again of which column the value is.
    const { last } = reader;
    if (
      last &&
      columnsOf(chunk).some(({ column }) => last.asked.meanings.some((meaning) => meaning.column === column)) &&
      peek(reader)?.kind !== "value"
    )
      return;
    if (isRestOfName(reader, chunk)) return;
    if (isSortedBy(reader, chunk) || isGroupedBy(reader, chunk) || readMissing(reader, chunk)) return;
    reader.pending = asked(chunk.words, columnsOf(chunk), reader.focus);
    reader.earlier = reader.pending;
    readFlag(reader);
    return;
  }
  // A value, or a figure, right after: `department Sales`; it says which one is meant.
  const isOf = ["of", "for", "from", "in"].includes(prepositionBefore({ ...reader, at: reader.at - 1 }));
  for (const item of isOf ? intent.items : []) {
    if (
      item.kind === "column" &&
      item.asked.near === null &&
      item.asked.meanings.some((meaning) => meaning.table === table.table)
    )
      item.asked.near = table.table;
  }
  reader.pending = null;
  if (reader.negated) return readWithout(reader, table.table);
  takePart(reader, table.table);
  reader.focus = table.table;
  const own = columnsOf(peek(reader)).filter((meaning) => meaning.table === table.table && meaning.weight > 0.55);
  if (own.length > 0 && tableOf(peek(reader)) === null) {
    reader.pending = asked(peek(reader)?.words ?? "", own, table.table);
    reader.earlier = reader.pending;
    reader.at += 1;
  }
}

/** `top 5 countries by number of customers`. */
function readCountOrder(reader: Reader): boolean {
  const { intent } = reader;
  const before = phraseOf(reader.chunks[reader.at - 1]);
  const table = tableOf(peek(reader, 1));
  if (intent.limit === null || intent.orders.length > 0 || table === null) return false;
  if (before?.kind !== "preposition" || before.word !== "by") return false;
  intent.orders.push({ kind: "count", of: table.table, descending: true });
  intent.involved.add(table.table);
  reader.at += 2;
  return true;
}

/** `how many tickets were sold`, of `tickets_sold`: the rest of the name says which column was meant. */
function isRestOfName({ intent, chunks, at }: Reader, chunk: Chunk): boolean {
  let before = at - 2;
  while (phraseOf(chunks[before])?.kind === "noise") before -= 1;
  const last = intent.items.at(-1);
  if (last?.kind !== "column" || !/(?:ed|en|ing|old|ent)$/i.test(chunk.words)) return false;
  if (chunks[before]?.words !== last.asked.words) return false;
  const same = last.asked.meanings.filter((one) => columnsOf(chunk).some(({ column }) => column === one.column));
  if (same.length === 0) return false;
  intent.items.splice(-1, 1, { ...last, asked: { ...last.asked, meanings: same } });
  return true;
}

/** `top 3 employees by salary`. */
function isSortedBy(reader: Reader, chunk: Chunk): boolean {
  const { intent } = reader;
  const before = phraseOf(reader.chunks[reader.at - 2]);
  const quantities = columnsOf(chunk, isQuantity);
  if (intent.limit === null || intent.orders.length > 0 || quantities.length === 0) return false;
  if (before?.kind !== "preposition" || before.word !== "by") return false;
  const fn = isSummed(reader, quantities) ? { fn: "sum" as const } : {};
  return orderByMention(reader, { most: true, meanings: quantities, words: chunk.words, ...fn });
}

/** `revenue by month`. */
function readByUnit(reader: Reader): boolean {
  const before = phraseOf(reader.chunks[reader.at - 1]);
  const hasFigure = reader.intent.items.some(({ kind, ...item }) => kind === "count" || ("fn" in item && item.fn));
  return hasFigure && before?.kind === "preposition" && before.word === "by" && readUnitGroup(reader);
}

/** `the number of papers by year`. */
function isGroupedBy(reader: Reader, chunk: Chunk): boolean {
  const { intent } = reader;
  const before = phraseOf(reader.chunks[reader.at - 2]);
  const hasFigure = intent.items.some(
    (item) => item.kind === "count" || (item.kind === "column" && item.fn !== undefined),
  );
  if (!hasFigure || before?.kind !== "preposition" || before.word !== "by" || peek(reader)?.kind === "value")
    return false;
  intent.groups.push({ kind: "column", asked: asked(chunk.words, columnsOf(chunk), reader.focus) });
  return true;
}

/** A column of yes and no holds by being named: `products that are discontinued`. */
function readFlag(reader: Reader): void {
  const flags = (reader.pending?.meanings ?? []).filter((meaning) => meaning.column?.type.family === "boolean");
  if (flags.length === 0) return;
  reader.sink.push({
    kind: "true",
    asked: asked(reader.pending?.words ?? "", flags, reader.focus),
    value: !reader.negated,
  });
  reader.negated = false;
  reader.pending = null;
}

/** `halls that have no concert`: what follows says which concerts. */
function readWithout(reader: Reader, table: Table): void {
  startWithout(reader, table);
  reader.focus = table;
}

/** `tracks that contain the word 'you'`: in their name. */
function namedColumn({ focus, intent }: Reader): Asked | null {
  const [item] = intent.items;
  if (item?.kind === "column" && item.fn === undefined) return item.asked;
  const [name] = focus ? displayColumns(focus) : [];
  return focus && name ? askedColumn(focus, name) : null;
}

function readContains(reader: Reader): void {
  const value = peek(reader, 1);
  const column = reader.pending ?? namedColumn(reader);
  if (column === null || (value?.kind !== "value" && value?.kind !== "unknown" && value?.kind !== "mention")) return;
  reader.at += 2;
  const text = value.kind === "value" ? value.text : value.words;
  reader.sink.push({ kind: "like", asked: column, text, negated: reader.negated });
  reader.pending = null;
  reader.negated = false;
}
