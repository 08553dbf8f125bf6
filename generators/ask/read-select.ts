import type { Table } from "#schemas/model.ts";
import type { AggregateFn } from "./phrases.ts";
import { isFlagOfNext, readFlagOfNext } from "./read-adjective.ts";
import { isCompound, readCount, readShare } from "./read-count.ts";
import { readDifference, readMinus } from "./read-difference.ts";
import {
  asked,
  askedColumn,
  columnsByStem,
  columnsOf,
  isQuantity,
  peek,
  phraseOf,
  saysWhich,
  skipNoise,
  tableOf,
  type Reader,
} from "./reader.ts";
import { orderByAdjective, orderByMention } from "./superlatives.ts";
import { isTime } from "./display.ts";
import type { Meaning } from "./lexicon.ts";
import type { Asked } from "./intent.ts";
import { stem } from "../search/tokenise.ts";
import { classOf } from "../search/value-hints.ts";

/** Reads what is to be listed: `the names and ages of`, `how many singers`, `the average price`. */
export function readSelect(reader: Reader): void {
  for (;;) {
    skipNoise(reader, ["open", "relative"]);
    if (!readItem(reader)) return;
    readMinus(reader, () => readItem(reader));
    if (!goesOn(reader)) return;
  }
}

function readItem(reader: Reader): boolean {
  if (isFlagOfNext(reader)) readFlagOfNext(reader);
  const chunk = peek(reader);
  const phrase = phraseOf(chunk);
  const { intent } = reader;
  switch (phrase?.kind) {
    case "distinct":
      intent.distinct = true;
      reader.at += 1;
      return readItem(reader);
    case "count":
      return readCount(reader);
    case "share":
      return readShare(reader);
    case "aggregate":
      return readAggregates(reader);
    case "difference":
      return readDifference(reader, () => readSelect(reader));
    case "top":
      return readTop(reader);
    case "superlative":
      return isPairOfExtremes(reader) ? readAggregates(reader) : readSuperlative(reader);
    case "who":
    case "where":
    case "when":
      reader.asksFor = phrase.kind;
      reader.at += 1;
      return false;
    case "noise":
      reader.at += 1;
      return readItem(reader);
    case "each":
      return false;
    case undefined:
      break;
    default:
      return false;
  }
  if (chunk?.kind === "number" && ["superlative", "top"].includes(phraseOf(peek(reader, 1))?.kind ?? "")) {
    intent.limit = Number(chunk.text);
    reader.at += 1;
    return readItem(reader);
  }
  if (chunk?.kind === "number" && chunkIsListed(reader)) {
    intent.limit = Number(chunk.text);
    reader.at += 1;
    return readItem(reader);
  }
  if (chunk?.kind === "value" && tableOf(peek(reader, 1))) return false;
  return chunk?.kind === "mention" && readMention(reader);
}

/** `which 5 products have the lowest stock`. */
function chunkIsListed(reader: Reader): boolean {
  const rest = reader.chunks.slice(reader.at + 1);
  return rest[0]?.kind === "mention" && rest.some((chunk) => phraseOf(chunk)?.kind === "superlative");
}

/** A table, a column, or a column of a table said before it: `student names`. */
function readMention(reader: Reader): boolean {
  const chunk = peek(reader);
  const { intent } = reader;
  const table = tableOf(chunk);
  if (chunk === undefined) return false;
  if (table) {
    const own = columnsOf(peek(reader, 1)).filter((meaning) => meaning.table === table.table);
    reader.at += 1;
    intent.involved.add(table.table);
    reader.focus = table.table;
    if (own.length > 0 && isCompound(peek(reader)?.words ?? "", own[0]?.weight ?? 0) && !isCompared(reader)) {
      intent.items.push({ kind: "column", asked: asked(peek(reader)?.words ?? "", own, table.table) });
      reader.at += 1;
    } else intent.items.push({ kind: "thing", table: table.table });
    return true;
  }
  // `the shipped orders` asks for orders, and nothing here knows which those are.
  if (/(?:ed|ing)$/i.test(chunk.words) && saysWhich(reader)) intent.unexplained.push(chunk.words);
  intent.items.push({ kind: "column", asked: asked(chunk.words, columnsOf(chunk), null) });
  reader.at += 1;
  return true;
}

/** `which procedures cost more than 1000`: the column after the table is what is compared. */
function isCompared(reader: Reader): boolean {
  const kind = phraseOf(peek(reader, 1))?.kind;
  return kind === "compare" || kind === "between";
}

/** `the highest and the lowest price` are two figures of one column. */
function isPairOfExtremes(reader: Reader): boolean {
  const ahead = [1, 2, 3].map((at) => peek(reader, at)).filter((chunk) => phraseOf(chunk)?.kind !== "noise");
  return phraseOf(ahead[0])?.kind === "and" && phraseOf(ahead[1])?.kind === "superlative";
}

/** `average, minimum and maximum age`: each figure of the same column. */
function readAggregates(reader: Reader): boolean {
  const fns: AggregateFn[] = [];
  const begin = reader.at;
  for (let chunk = peek(reader); chunk !== undefined; chunk = peek(reader)) {
    const phrase = phraseOf(chunk);
    if (phrase?.kind === "aggregate" && fns.length > 0 && isNamedSo(reader)) {
      reader.at += 1;
      return pushNamed(reader, fns, chunk.words);
    }
    if (phrase?.kind === "aggregate") fns.push(phrase.fn);
    else if (phrase?.kind === "superlative" && (fns.length > 0 || reader.at === begin))
      fns.push(phrase.most ? "max" : "min");
    else if (
      chunk.kind !== "comma" &&
      phrase?.kind !== "noise" &&
      phrase?.kind !== "and" &&
      phrase?.kind !== "preposition"
    )
      break;
    reader.at += 1;
  }
  if (phraseOf(peek(reader))?.kind === "count") {
    reader.at += 1;
    skipNoise(reader, ["preposition"]);
  }
  const chunk = peek(reader);
  const table = tableOf(chunk);
  const pair = fns.length === 1 ? namedPair(reader, begin) : null;
  if (pair) {
    for (const column of pair) reader.intent.items.push({ kind: "column", asked: column });
    reader.at += 1;
    return true;
  }
  const hasTimes = fns.every((fn) => fn === "max" || fn === "min");
  const quantities = columnsOf(chunk, (column, owner) => isQuantity(column, owner) || (hasTimes && isTime(column)));
  if (table && quantities.length === 0) {
    const own = columnsOf(peek(reader, 1), isQuantity).filter((meaning) => meaning.table === table.table);
    if (own.length > 0) {
      reader.at += 1;
      return pushAggregates(reader, fns, { words: peek(reader)?.words ?? "", meanings: own, near: table.table });
    }
    const saysValue = /^(?:values?|amounts?)$/i.test(peek(reader, 1)?.words ?? "");
    if (!saysValue && !fns.every((fn) => fn === "sum")) return false;
    const [worth] = columnsByStem(table.table, ["amount", "total"], (one) => isQuantity(one, table.table));
    if (worth) {
      // `the sum of all payments`, `the average order value` are of what they are worth.
      reader.intent.involved.add(table.table);
      reader.focus = table.table;
      for (const fn of fns) reader.intent.items.push({ kind: "column", asked: askedColumn(table.table, worth), fn });
      reader.at += saysValue ? 2 : 1;
      return true;
    }
    if (saysValue) return false;
    // `the total films` counts them.
    reader.intent.items.push({ kind: "count", of: table.table });
    reader.intent.involved.add(table.table);
    reader.focus = table.table;
    reader.at += 1;
    return true;
  }
  // The highest of a text is its last in order.
  const texts = fns.every((fn) => fn === "max" || fn === "min") ? columnsOf(chunk) : [];
  const meanings = quantities.length > 0 ? quantities : texts;
  if (meanings.length === 0) {
    // What figure that is of, nobody knows.
    reader.intent.unexplained.push(reader.chunks[begin]?.words ?? "");
    return false;
  }
  return pushAggregates(reader, fns, { words: chunk?.words ?? "", meanings, near: null });
}

/** `the maximum and minimum salary` of jobs that have a column for each. */
function namedPair(reader: Reader, begin: number): readonly Asked[] | null {
  const chunk = peek(reader);
  const second = columnsOf(chunk, isQuantity);
  const [, ...rest] = (chunk?.words ?? "").toLowerCase().split(" ");
  if (rest.length === 0 || phraseOf(reader.chunks[reader.at - 1])?.kind !== "and") return null;
  const words = [reader.chunks[begin]?.words.toLowerCase() ?? "", ...rest];
  const first = reader.lexicon
    .find(words.map(stem).join(" "))
    .filter(({ column, table, weight }) => column && weight > 0.9 && second.some((one) => one.table === table));
  return first.length === 0 ? null : [asked(words.join(" "), first, null), asked(chunk?.words ?? "", second, null)];
}

/** `the average total`: the second is the name of a column. */
function isNamedSo(reader: Reader): boolean {
  const next = peek(reader, 1);
  const follows = next?.kind === "mention" || phraseOf(next)?.kind === "aggregate" || phraseOf(next)?.kind === "and";
  return !follows && namedSo(reader, peek(reader)?.words ?? "").length > 0;
}

function namedSo({ lexicon }: Reader, words: string): readonly Meaning[] {
  return lexicon
    .find(stem(words.toLowerCase()))
    .filter(({ column, table, weight }) => column && weight > 0.55 && isQuantity(column, table));
}

function pushNamed(reader: Reader, fns: readonly AggregateFn[], words: string): boolean {
  const meanings = namedSo(reader, words);
  for (const fn of fns) reader.intent.items.push({ kind: "column", asked: asked(words, meanings, reader.focus), fn });
  return true;
}

function pushAggregates(
  reader: Reader,
  fns: readonly AggregateFn[],
  {
    words,
    meanings,
    near,
  }: { readonly words: string; readonly meanings: ReturnType<typeof columnsOf>; readonly near: Table | null },
): boolean {
  for (const fn of fns) reader.intent.items.push({ kind: "column", asked: asked(words, meanings, near), fn });
  if (near) reader.intent.involved.add(near);
  reader.at += 1;
  return true;
}

/** `top 3 employees by salary`. */
function readTop(reader: Reader): boolean {
  const next = peek(reader, 1);
  if (next?.kind !== "number") return false;
  reader.intent.limit = Number(next.text);
  reader.at += 2;
  return readItem(reader);
}

/** `the oldest student`, `the highest salary`, `the most common city`. */
function readSuperlative(reader: Reader): boolean {
  const phrase = phraseOf(peek(reader));
  if (phrase?.kind !== "superlative") return false;
  const { intent } = reader;
  const words = peek(reader)?.words ?? "";
  const chunk = peek(reader, 1);
  const isNumber = chunk?.kind === "number";
  const target = isNumber ? peek(reader, 2) : chunk;
  const table = tableOf(target);
  if (isNumber) intent.limit = Number(chunk.text);
  intent.offset = (phrase.rank ?? 1) - 1;
  if (table && phrase.adjective !== undefined) {
    reader.at += isNumber ? 2 : 1;
    if (!readMention(reader)) return false;
    if (!orderByAdjective(reader, { ...phrase, table: table.table })) intent.unexplained.push(words);
    return true;
  }
  const texts =
    phrase.adjective === undefined
      ? []
      : columnsOf(target, (column) => !isTime(column)).filter(
          ({ column, table: owner }) => column && !isQuantity(column, owner),
        );
  const [text] = texts;
  if (text && target) {
    // `the 3 highest rated episodes`, where an episode is a column.
    reader.at += isNumber ? 3 : 2;
    intent.items.push({ kind: "column", asked: asked(target.words, texts, text.table) });
    reader.focus = text.table;
    return orderByAdjective(reader, { ...phrase, table: text.table });
  }
  const quantities = columnsOf(target, (column, owner) => isQuantity(column, owner) || isTime(column));
  const [common] = quantities.length === 0 ? columnsOf(target) : [];
  if (common && target && phrase.adjective === undefined) {
    // `the most common city`: of the values of a column, the one with the most rows.
    reader.at += isNumber ? 3 : 2;
    intent.items.push({ kind: "column", asked: asked(target.words, columnsOf(target), null) });
    intent.orders.push({ kind: "count", of: null, descending: phrase.most });
    intent.limit ??= 1;
    return true;
  }
  if (quantities.length === 0 || target === undefined) return false;
  const hasThing = intent.items.some(
    (item) => item.kind === "thing" || (item.kind === "column" && item.fn === undefined),
  );
  if (hasThing) return false;
  reader.at += isNumber ? 3 : 2;
  if (phrase.rank !== undefined) {
    // The second highest is the second of the values that differ.
    intent.items.push({ kind: "column", asked: asked(target.words, quantities, null) });
    intent.distinct = true;
  }
  if (isNumber || phrase.rank !== undefined)
    return orderByMention(reader, { most: phrase.most, meanings: quantities, words: target.words });
  intent.items.push({ kind: "column", asked: asked(target.words, quantities, null), fn: phrase.most ? "max" : "min" });
  return true;
}

/** True when another item follows after `and` or a comma; moves there. */
function goesOn(reader: Reader): boolean {
  let ahead = 0;
  let sawLink = false;
  for (let chunk = peek(reader, ahead); chunk !== undefined; chunk = peek(reader, ++ahead)) {
    const kind = phraseOf(chunk)?.kind;
    if (chunk.kind === "comma" || kind === "and") sawLink = true;
    else if (kind !== "noise" && !(sawLink && kind === "distinct")) break;
  }
  const next = peek(reader, ahead);
  const kind = phraseOf(next)?.kind;
  const begins = next?.kind === "mention" || kind === "count" || kind === "aggregate" || kind === "superlative";
  // `x and the y of it`: a table after `and` is a new clause when nothing but a thing was listed.
  if (!sawLink || !begins) return false;
  if (kind === "superlative" && !isMaximum(reader, ahead)) return false;
  reader.at += ahead;
  return true;
}

function isMaximum(reader: Reader, ahead: number): boolean {
  return (
    columnsOf(peek(reader, ahead + 1), isQuantity).length > 0 &&
    reader.intent.items.every((item) => item.kind === "column" && item.fn !== undefined)
  );
}

/** `who`, `where` and `when` ask for what is known only at the end: a person, a place, a time. */
export function settleAsked(reader: Reader): void {
  const { intent, asksFor } = reader;
  if (intent.items.length === 0 && reader.pending && asksFor === null) {
    intent.items.push({ kind: "column", asked: reader.pending, ...(reader.pending.isTotal ? { fn: "sum" } : {}) });
    reader.pending = null;
  }
  const when =
    asksFor === "when" && reader.pending
      ? reader.pending.meanings.filter(({ column }) => column && isTime(column))
      : [];
  if (reader.pending && when.length > 0 && intent.items.length === 0) {
    // `when did it air` asks for the day of airing.
    intent.items.push({ kind: "column", asked: { ...reader.pending, meanings: when } });
    reader.pending = null;
  }
  if (asksFor === null || intent.items.length > 0) return;
  const tables = [...intent.involved];
  if (asksFor === "who") {
    const person = tables.find((table) => classOf(table.name) === "person");
    if (person) intent.items.push({ kind: "thing", table: person });
    return;
  }
  const table = reader.focus ?? tables[0];
  if (table === undefined) return;
  const stems = asksFor === "when" ? ["date", "year", "time"] : ["address", "location", "city", "place", "country"];
  const column = stems
    .map((wanted) => table.columns.find(({ name }) => name.toLowerCase().includes(wanted)))
    .find(Boolean);
  if (column)
    intent.items.push({
      kind: "column",
      asked: { words: asksFor, meanings: [{ table, column, weight: 1 }], near: table },
    });
}
