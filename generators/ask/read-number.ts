import type { Comparison } from "./phrases.ts";
import type { Asked } from "./intent.ts";
import {
  asked,
  askedColumn,
  columnsByStem,
  columnsOf,
  isQuantity,
  peek,
  phraseOf,
  skipNoise,
  tableOf,
  timeColumn,
  type Reader,
} from "./reader.ts";
import { isNumeric, isTime, keyColumns } from "./display.ts";
import { measuredBy } from "./superlatives.ts";

/** Finds what a number is compared with; the number itself is already read. False when nothing fits. */
export function readNumber(
  reader: Reader,
  { op, text, adjective }: { readonly op: Comparison; readonly text: string; readonly adjective?: string },
): boolean {
  const compare = (column: Asked): true => {
    if (column.isTotal) {
      reader.intent.having = { op, value: text, of: null, asked: column, fn: "sum" };
      reader.pending = null;
      return true;
    }
    reader.sink.push({ kind: "compare", asked: column, op, values: [text], isText: false });
    reader.pending = null;
    return true;
  };
  const { focus } = reader;
  const numeric = only(reader.pending, text);
  if (numeric) {
    skipUnit(reader);
    return compare(numeric);
  }
  const measured = focus && adjective ? measuredBy(focus, adjective) : null;
  if (measured && focus) {
    skipUnit(reader);
    const unit = phraseOf(peek(reader))?.kind === "preposition" ? 1 : 0;
    if (columnsOf(peek(reader, unit)).some(({ column }) => column === measured.column)) reader.at += unit + 1;
    const op2 = measured.rises ? op : REVERSED[op];
    reader.sink.push({
      kind: "compare",
      asked: askedColumn(focus, measured.column),
      op: op2,
      values: [text],
      isText: false,
    });
    reader.pending = null;
    return true;
  }
  const begin = reader.at;
  skipNoise(reader);
  if (phraseOf(peek(reader))?.kind === "aggregate") reader.at += 1;
  const chunk = peek(reader);
  const table = tableOf(chunk);
  const named = columnsOf(chunk, isQuantity);
  const isCounted = op !== "=" || reader.has;
  // A word that only may mean the table, such as `stars`, rather means the quantity.
  const isRather = named.length > 0 && (table?.weight ?? 0) <= 0.5;
  if (table && isCounted && !isYearLike(text) && /^\d+$/.test(text) && !isRather) {
    reader.at += 1;
    reader.intent.having = { op, value: text, of: table.table };
    reader.intent.involved.add(table.table);
    reader.focus = table.table;
    return true;
  }
  if (named.length > 0 && !(isYearLike(text) && op === "=")) {
    reader.at += 1;
    const fn = phraseOf(reader.chunks[reader.at - 2]);
    const column = asked(chunk?.words ?? "", named, focus);
    if (fn?.kind === "aggregate") {
      reader.intent.having = { op, value: text, of: null, asked: column, fn: fn.fn };
      return true;
    }
    return compare(column);
  }
  reader.at = begin;
  const when = yearColumn(reader, text);
  if (when) return compare(when);
  const earlier = only(reader.earlier, text);
  if (earlier) return compare(earlier);
  const age = ageOf(reader, op, text);
  if (age) return compare(age);
  const worth = op === "=" ? null : worthOf(reader);
  if (worth) return compare(worth);
  const numbered = op === "=" || op === "<>" ? numberedBy(reader) : null;
  return numbered ? compare(numbered) : false;
}

/** The numeric and time meanings of a column that was named; null without any. */
function only(column: Asked | null, text: string): Asked | null {
  if (column === null) return null;
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const meanings = column.meanings.filter(
    (meaning) =>
      meaning.column &&
      (isDate ? isTime(meaning.column) : isNumeric(meaning.column) || (isYearLike(text) && isTime(meaning.column))),
  );
  return meanings.length > 0 ? { ...column, meanings } : null;
}

/** `room 111`, `player 7`: by its own number, else by its key. */
function numberedBy({ focus, chunks, at }: Reader): Asked | null {
  // The number is read already: the thing stands before it.
  if (focus === null || tableOf(chunks[at - 2])?.table !== focus) return null;
  const [own] = columnsByStem(focus, ["number", "no"], isNumeric);
  const [key, ...more] = keyColumns(focus);
  const column = own ?? (key && more.length === 0 && isNumeric(key) ? key : undefined);
  return column ? askedColumn(focus, column) : null;
}

/** `visitors under 18`, `over 65`: right after who has an age. */
function ageOf({ focus, chunks, at }: Reader, op: Comparison, text: string): Asked | null {
  if (focus === null || op === "=" || Number(text) > OLDEST || tableOf(chunks[at - 3])?.table !== focus) return null;
  if (!/^(?:under|over|above|below)$/i.test(chunks[at - 2]?.words ?? "")) return null;
  const [column] = columnsByStem(focus, ["age"], (one) => isQuantity(one, focus));
  return column ? askedColumn(focus, column) : null;
}

const OLDEST = 120;

/** `a loan of more than 5000`: what the thing just named is worth. */
function worthOf({ focus, chunks, at }: Reader): Asked | null {
  if (focus === null || chunks.slice(Math.max(0, at - 5), at).every((chunk) => tableOf(chunk)?.table !== focus))
    return null;
  const [column] = columnsByStem(focus, ["amount", "total", "price", "cost"], (one) => isQuantity(one, focus));
  return column ? askedColumn(focus, column) : null;
}

function yearColumn({ focus, intent }: Reader, text: string): Asked | null {
  if (!isYearLike(text)) return null;
  const listed = intent.items.flatMap((item) => (item.kind === "column" ? item.asked.meanings.slice(0, 1) : []));
  for (const table of [...(focus ? [focus] : []), ...intent.involved, ...listed.map((meaning) => meaning.table)]) {
    const column = timeColumn(table);
    if (column) return askedColumn(table, column);
  }
  return null;
}

const isYearLike = (text: string): boolean => /^(?:1[6-9]|20)\d\d(?:-\d\d-\d\d)?$/.test(text);

/** Older than 1990 is born before. */
const REVERSED: Readonly<Record<Comparison, Comparison>> = {
  "=": "=",
  "<>": "<>",
  ">": "<",
  ">=": "<=",
  "<": ">",
  "<=": ">=",
};

const UNITS = new Set([
  "years",
  "year",
  "dollars",
  "km",
  "kg",
  "miles",
  "meters",
  "metres",
  "minutes",
  "hours",
  "seconds",
  "percent",
  "pounds",
  "days",
  "old",
  "usd",
  "months",
  "month",
  "weeks",
  "week",
  "milliseconds",
  "inches",
  "metres",
  "cm",
  "euros",
  "square",
  "feet",
]);

function skipUnit(reader: Reader): void {
  for (let chunk = peek(reader); chunk && UNITS.has(chunk.words.toLowerCase()); chunk = peek(reader)) reader.at += 1;
}
