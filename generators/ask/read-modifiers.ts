import type { Table } from "#schemas/model.ts";
import type { Chunk } from "./chunks.ts";
import type { Item } from "./intent.ts";
import type { Comparison, Phrase } from "./phrases.ts";
import { readGroup } from "./read-group.ts";
import { readNumber } from "./read-number.ts";
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
  skipNoise,
  tableOf,
  timeColumn,
  type Reader,
} from "./reader.ts";
import { isTime } from "./display.ts";
import { measuredBy, orderByAdjective, orderByMention } from "./superlatives.ts";

/** Reads one part of what is said of the listed things, and moves on; stays where it is when it knows nothing. */
export function readModifier(reader: Reader): void {
  const chunk = peek(reader);
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
      return;
    case "preposition":
      reader.at += 1;
      return;
    case "not":
      reader.at += 1;
      reader.negated = true;
      return;
    case "and":
      reader.at += 1;
      if (reader.joinsLast !== "both") reader.joinsLast = null;
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
    case "count":
    case "aggregate":
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

/** `… and the name of the dog`: another column of another thing. */
function listsMore(reader: Reader): boolean {
  let ahead = 0;
  while (phraseOf(peek(reader, ahead))?.kind === "noise") ahead += 1;
  if (columnsOf(peek(reader, ahead)).length === 0 || tableOf(peek(reader, ahead))) return false;
  const of = phraseOf(peek(reader, ahead + 1));
  let after = ahead + 2;
  while (phraseOf(peek(reader, after))?.kind === "noise") after += 1;
  return of?.kind === "preposition" && of.word === "of" && tableOf(peek(reader, after)) !== null;
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
      (item.kind === "column" && !added.some((one) => one.kind === "column" && one.asked.words === item.asked.words)),
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

function readMention(reader: Reader, chunk: Extract<Chunk, { readonly kind: "mention" }>): void {
  const { intent } = reader;
  const table = tableOf(chunk);
  reader.at += 1;
  // A column that nothing was said of has no part in the question.
  if (reader.pending && !/(?:ed|ing|orn)\b/.test(reader.pending.words)) intent.unexplained.push(reader.pending.words);
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
    if (isSortedBy(reader, chunk) || isGroupedBy(reader, chunk)) return;
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
  if (reader.sink === intent.conditions) intent.involved.add(table.table);
  reader.focus = table.table;
  const own = columnsOf(peek(reader)).filter((meaning) => meaning.table === table.table && meaning.weight > 0.55);
  if (own.length > 0 && tableOf(peek(reader)) === null) {
    reader.pending = asked(peek(reader)?.words ?? "", own, table.table);
    reader.earlier = reader.pending;
    reader.at += 1;
  }
}

/** `top 3 employees by salary`. */
function isSortedBy(reader: Reader, chunk: Chunk): boolean {
  const { intent } = reader;
  const before = phraseOf(reader.chunks[reader.at - 2]);
  const quantities = columnsOf(chunk, isQuantity);
  if (intent.limit === null || intent.orders.length > 0 || quantities.length === 0) return false;
  if (before?.kind !== "preposition" || before.word !== "by") return false;
  return orderByMention(reader, { most: true, meanings: quantities, words: chunk.words });
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
  const inner = { kind: "without" as const, table, conditions: [] };
  reader.intent.conditions.push(inner);
  reader.sink = inner.conditions;
  reader.negated = false;
  reader.focus = table;
}

function readComparison(reader: Reader, phrase: Extract<Phrase, { readonly kind: "compare" }>): void {
  const begin = reader.at;
  reader.at += 1;
  skipNoise(reader);
  const chunk = peek(reader);
  const op = reader.negated ? OPPOSITE[phrase.op] : phrase.op;
  if (chunk?.kind === "number") {
    reader.at += 1;
    if (
      readNumber(reader, {
        op,
        text: chunk.text,
        ...(phrase.adjective === undefined ? {} : { adjective: phrase.adjective }),
      })
    ) {
      reader.negated = false;
      return;
    }
  } else if (readAverage(reader, phrase, op)) return;
  else if (columnsOf(chunk).length > 0 && peek(reader, 1)?.kind === "number") return;
  else if (chunk?.kind === "value" && phrase.op === "<>") {
    reader.negated = true;
    return readValue(reader, chunk);
  }
  reader.at = begin;
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  "=": "<>",
  "<>": "=",
  ">": "<=",
  ">=": "<",
  "<": ">=",
  "<=": ">",
};

/** `older than the average age`, `above the average`. */
function readAverage(
  reader: Reader,
  { adjective }: Extract<Phrase, { readonly kind: "compare" }>,
  op: Comparison,
): boolean {
  const phrase = phraseOf(peek(reader));
  if (phrase?.kind !== "aggregate" && phrase?.kind !== "superlative") return false;
  const extreme = phrase.kind === "superlative" && phrase.most ? "max" : "min";
  const fn = phrase.kind === "aggregate" ? phrase.fn : extreme;
  const begin = reader.at;
  reader.at += 1;
  skipNoise(reader);
  const named = columnsOf(peek(reader), isQuantity);
  const { focus } = reader;
  const own = focus && adjective ? measuredBy(focus, adjective) : null;
  const column = own && focus ? askedColumn(focus, own.column) : null;
  const target = named.length > 0 ? asked(peek(reader)?.words ?? "", named, focus) : (column ?? reader.pending);
  if (target === null) {
    reader.at = begin;
    return false;
  }
  if (named.length > 0) reader.at += 1;
  reader.sink.push({ kind: "average", asked: reader.pending ?? target, op, fn, of: target });
  reader.pending = null;
  // `the average age of all students`: the table is the same.
  const after = [phraseOf(peek(reader)), phraseOf(peek(reader, 1))];
  let ahead = 0;
  while (after[ahead]?.kind === "preposition" || after[ahead]?.kind === "noise") ahead += 1;
  if (ahead > 0 && tableOf(peek(reader, ahead))?.table === focus) reader.at += ahead + 1;
  return true;
}

function readBetween(reader: Reader): void {
  const [, from, link, to] = [0, 1, 2, 3].map((ahead) => peek(reader, ahead));
  const isLink = phraseOf(link)?.kind === "and" || phraseOf(link)?.kind === "preposition";
  if (from?.kind !== "number" || to?.kind !== "number" || !isLink) return;
  const column = reader.pending ?? yearOf(reader, from.text) ?? reader.earlier;
  if (column === null) return;
  reader.at += 4;
  reader.sink.push({ kind: "between", asked: column, from: from.text, to: to.text });
  reader.pending = null;
}

function yearOf({ focus }: Reader, text: string) {
  const column = focus && isYear(text) ? timeColumn(focus) : null;
  return focus && column ? askedColumn(focus, column) : null;
}

const isYear = (text: string): boolean => /^(?:1[6-9]|20)\d\d$/.test(text);

/** `with the most citations`, `the highest salary`, `the most concerts`. */
function readSuperlative(reader: Reader, { most, adjective }: Extract<Phrase, { readonly kind: "superlative" }>): void {
  const begin = reader.at;
  reader.at += 1;
  skipNoise(reader, ["count", "preposition"]);
  const chunk = peek(reader);
  const table = tableOf(chunk);
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
      if (orderByMention(reader, { most, meanings: named, words: chunk?.words ?? "" })) return;
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
    const fn = phraseOf(chunk)?.kind === "aggregate" ? phraseOf(chunk) : null;
    const summed = fn ? columnsOf(peek(reader, 1), isQuantity) : [];
    if (fn?.kind === "aggregate" && summed.length > 0) {
      const words = peek(reader, 1)?.words ?? "";
      reader.at += 2;
      reader.intent.orders.push({
        kind: "column",
        asked: asked(words, summed, reader.focus),
        descending: most,
        fn: fn.fn,
      });
      reader.intent.limit ??= 1;
      return;
    }
    if (named.length > 0) {
      reader.at += 1;
      orderByMention(reader, { most, meanings: named, words: chunk?.words ?? "" });
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
  if (isMostCommon(reader, begin, most)) return;
  reader.at = begin;
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

/** `sorted by age in descending order`, `in alphabetical order of name`, `from oldest to youngest`. */
function readOrder(reader: Reader): void {
  const { intent } = reader;
  let descending: boolean | null = null;
  let found = false;
  for (let chunk = peek(reader); chunk !== undefined; chunk = peek(reader)) {
    const phrase = phraseOf(chunk);
    if (phrase?.kind === "direction") descending = phrase.descending;
    else if (phrase?.kind === "range") {
      const table = reader.focus;
      const limit = intent.limit;
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

function readContains(reader: Reader): void {
  const value = peek(reader, 1);
  if (reader.pending === null || (value?.kind !== "value" && value?.kind !== "unknown" && value?.kind !== "mention"))
    return;
  reader.at += 2;
  const text = value.kind === "value" ? value.text : value.words;
  reader.sink.push({ kind: "like", asked: reader.pending, text, negated: reader.negated });
  reader.pending = null;
  reader.negated = false;
}

/** A number without a comparison: a year, or the value of the column before. */
function readBareNumber(reader: Reader, text: string): void {
  const phrase = phraseOf(peek(reader, 1));
  if (phrase?.kind === "superlative") {
    reader.intent.limit = Number(text);
    reader.at += 1;
    return;
  }
  const after = phraseOf(peek(reader, 1));
  const begin = reader.at;
  if (after?.kind === "compare" && (after.op === ">=" || after.op === "<=")) {
    // `two or more treatments`
    reader.at += 2;
    if (readNumber(reader, { op: after.op, text })) return;
    reader.at = begin;
  }
  const [link, to] = [peek(reader, 1), peek(reader, 2)];
  const isRange = phraseOf(link)?.kind === "preposition" && ["to", "through"].includes(link?.words.toLowerCase() ?? "");
  const column = reader.pending ?? yearOf(reader, text);
  if (isRange && to?.kind === "number" && column) {
    reader.at += 3;
    reader.sink.push({ kind: "between", asked: column, from: text, to: to.text });
    reader.pending = null;
    return;
  }
  reader.at += 1;
  const op = reader.negated ? "<>" : "=";
  if (readNumber(reader, { op, text })) {
    reader.negated = false;
    return;
  }
  reader.at = begin;
}

/** Verbs that tie the things of a schema together and are no names in it. */
const TYING =
  /^(?:play|perform|attend|enrol|enroll|teach|taught|work|visit|bought|buy|order|place|participat|host|us(?:e|ed|ing)|belong|live|liv|born|writ|wrote|publish|produc|direct|act|win|won|serv|suppl|treat|adopt|ship|sell|sold|own|come|came|ha[sd]|releas|creat|hir|start|end|began|begin|open|found|locat|contain|featur|star|appear|involv|go|went|fly|flies|arriv|depart|land|leav|regist|complet|assign|manag|lead|led|receiv|award|earn|cost|weigh|speak|spoke|stud|join|list|review|rat|ran|run|do|done|was|written|paid|pay|bear|compet|visit|provid|ship|rent|borrow|driv|drove|mak|vot|represent|elect|graduat|transfer|prescrib|undergo|underw|offer)/;

function readUnknown(reader: Reader, words: string): void {
  const lower = words.toLowerCase();
  const isKnown = TYING.test(lower) && lower.length <= 13;
  if (!isKnown && !mayTie(reader, lower)) {
    readLowerName(reader, words);
    return;
  }
  if (!isKnown) reader.verbs.push(words);
  reader.at += 1;
}

/** `conductors that have conducted orchestras`: an unknown verb between two things. */
function mayTie(reader: Reader, lower: string): boolean {
  if (!/(?:ed|ing)$/.test(lower)) return false;
  const before = reader.chunks[reader.at - 1];
  const next = peek(reader, 1);
  const link = phraseOf(before)?.kind;
  const follows =
    before?.kind === "mention" || link === "have" || link === "relative" || link === "noise" || link === "both";
  const goesOn =
    next === undefined ||
    next.kind === "mention" ||
    next.kind === "stop" ||
    ["compare", "superlative", "preposition", "not", "noise"].includes(phraseOf(next)?.kind ?? "");
  return follows && goesOn && phraseOf(reader.chunks[reader.at - 1])?.kind !== "count";
}

/** A word that is no name of the schema, right after a preposition: the own name of a thing, in small letters. */
function readLowerName(reader: Reader, words: string): void {
  // Somebody who writes names small writes all of them small.
  if (reader.chunks.some(({ words: other, kind }, at) => at > 0 && kind !== "number" && /\p{Lu}/u.test(other))) return;
  const isAfter = ["in", "of", "from", "at", "by", "on"].includes(prepositionBefore(reader));
  const before = reader.chunks[reader.at - 1];
  const next = peek(reader, 1);
  if (!isAfter && phraseOf(before)?.kind !== "named" && !(before?.kind === "mention" && reader.pending !== null))
    return;
  const more = next?.kind === "unknown" ? [next.words] : [];
  const text = [words, ...more].join(" ");
  const begin = reader.at;
  reader.at += more.length;
  readValue(reader, { kind: "value", words: text, text, hits: [], isSure: false }, true);
  if (reader.at === begin + more.length) reader.at = begin;
}
