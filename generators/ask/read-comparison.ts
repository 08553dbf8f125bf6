import type { Comparison, Phrase } from "./phrases.ts";
import { readNumber } from "./read-number.ts";
import { readValue } from "./read-value.ts";
import {
  asked,
  askedColumn,
  columnsOf,
  isQuantity,
  peek,
  phraseOf,
  skipNoise,
  tableOf,
  timeColumn,
  type Reader,
} from "./reader.ts";
import { measuredBy } from "./superlatives.ts";

/** `more than 5`, `older than the average`, `other than Berlin`. */
export function readComparison(reader: Reader, phrase: Extract<Phrase, { readonly kind: "compare" }>): void {
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

export const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
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

/** `between 10 and 20`. */
export function readBetween(reader: Reader): void {
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

/** A number without a comparison: a year, or the value of the column before. */
export function readBareNumber(reader: Reader, text: string): void {
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
