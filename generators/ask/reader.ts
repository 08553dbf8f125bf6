import type { Column, Table } from "#schemas/model.ts";
import type { Chunk } from "./chunks.ts";
import { isKeyLike, isNumeric, isTime } from "./display.ts";
import type { Asked, Condition, Intent } from "./intent.ts";
import type { Lexicon, Meaning } from "./lexicon.ts";
import type { Phrase } from "./phrases.ts";
import { splitWords, stem } from "../search/tokenise.ts";

/** Where reading a question stands. One object for one question; the parts of the reader move it on. */
export interface Reader {
  readonly chunks: readonly Chunk[];
  at: number;
  readonly lexicon: Lexicon;
  readonly intent: Intent;
  /** The table that was spoken of last. */
  focus: Table | null;
  /** The column that was named just before, waiting for what is said of it. */
  pending: Asked | null;
  /** A column named earlier, which may be spoken of again: `born in Rome after 1980`. */
  earlier: Asked | null;
  negated: boolean;
  /** True after `have`, `with`. */
  has: boolean;
  /** Where conditions go: the question's own, or those of what must not exist. */
  sink: Condition[];
  /** What must not exist, where the sink is its own. */
  without: Extract<Condition, { readonly kind: "without" }> | null;
  /** The condition a further value may join by `or`. */
  last: Extract<Condition, { readonly kind: "compare" }> | null;
  joinsLast: "or" | "both" | null;
  asksFor: "who" | "where" | "when" | null;
  /** Unknown verbs; they are explained when there are two tables for them to tie. */
  readonly verbs: string[];
}

export function startReader(chunks: readonly Chunk[], lexicon: Lexicon): Reader {
  const intent: Intent = {
    items: [],
    distinct: false,
    conditions: [],
    either: new Set(),
    groups: [],
    having: null,
    orders: [],
    limit: null,
    offset: 0,
    involved: new Set(),
    unexplained: [],
  };
  const flags = { negated: false, has: false, joinsLast: null, asksFor: null };
  return {
    chunks,
    at: 0,
    lexicon,
    intent,
    focus: null,
    pending: null,
    earlier: null,
    sink: intent.conditions,
    without: null,
    last: null,
    verbs: [],
    ...flags,
  };
}

export function peek(reader: Reader, ahead = 0): Chunk | undefined {
  return reader.chunks[reader.at + ahead];
}

export function phraseOf(chunk: Chunk | undefined): Phrase | null {
  return chunk?.kind === "phrase" ? chunk.phrase : null;
}

/** The preposition right before, articles left aside. */
export function prepositionBefore({ chunks, at }: Reader): string {
  for (let before = at - 1; before >= 0; before -= 1) {
    const phrase = phraseOf(chunks[before]);
    if (phrase?.kind === "preposition") return phrase.word;
    if (phrase?.kind !== "noise") return "";
  }
  return "";
}

/** Passes words that add nothing, at most up to the next that does. */
export function skipNoise(reader: Reader, also: readonly Phrase["kind"][] = []): void {
  for (let chunk = peek(reader); chunk !== undefined; chunk = peek(reader)) {
    const phrase = phraseOf(chunk);
    if (phrase === null || (phrase.kind !== "noise" && !also.includes(phrase.kind))) return;
    reader.at += 1;
  }
}

/** True of a word between an article, a count or a preposition and the thing that it is said of. */
export function saysWhich(reader: Reader): boolean {
  const before = reader.chunks[reader.at - 1];
  const kind = phraseOf(before)?.kind;
  const begins = kind === "count" || kind === "open" || kind === "preposition" || kind === "each";
  const isArticle = /^(?:the|a|an|all|any|some|these|those)$/i.test(before?.words ?? "");
  return (begins || isArticle) && tableOf(peek(reader, 1)) !== null;
}

/** The table a mention stands for when it is rather a table than a column. */
export function tableOf(chunk: Chunk | undefined): Meaning | null {
  if (chunk?.kind !== "mention") return null;
  const table = chunk.meanings.find(({ column }) => column === undefined);
  const column = chunk.meanings.find((meaning) => meaning.column !== undefined);
  if (table === undefined) return null;
  return column === undefined || table.weight >= column.weight ? table : null;
}

/** The columns a mention may stand for. */
export function columnsOf(
  chunk: Chunk | undefined,
  fits: (column: Column, table: Table) => boolean = () => true,
): readonly Meaning[] {
  if (chunk?.kind !== "mention") return [];
  return chunk.meanings.filter((meaning) => meaning.column !== undefined && fits(meaning.column, meaning.table));
}

export function asked(words: string, meanings: readonly Meaning[], near: Table | null): Asked {
  return { words, meanings, near };
}

export function askedColumn(table: Table, column: Column): Asked {
  return { words: column.name, meanings: [{ table, column, weight: 1 }], near: table };
}

export const isQuantity = (column: Column, table: Table): boolean => isNumeric(column) && !isKeyLike(table, column);

/** Columns of a table whose names hold one of the stems, in the order of the stems. */
export function columnsByStem(table: Table, stems: readonly string[], fits: (column: Column) => boolean): Column[] {
  const found: Column[] = [];
  for (const wanted of stems) {
    for (const column of table.columns) {
      if (fits(column) && !found.includes(column) && splitWords(column.name).map(stem).includes(stem(wanted)))
        found.push(column);
    }
  }
  return found;
}

/** From here on what is said is of what must not exist. */
export function startWithout(reader: Reader, table: Table): void {
  const without = { kind: "without" as const, table, over: [], conditions: [] };
  reader.intent.conditions.push(without);
  reader.sink = without.conditions;
  reader.without = without;
  reader.negated = false;
}

/** A table that was spoken of takes part: in the question itself, or in what must not exist. */
export function takePart(reader: Reader, table: Table): void {
  if (reader.sink === reader.intent.conditions) reader.intent.involved.add(table);
  else if (reader.intent.involved.has(table)) return;
  else if (reader.without && reader.without.table !== table && !reader.without.over.includes(table))
    reader.without.over.push(table);
}

/** The column of a table that says when. */
export function timeColumn(table: Table): Column | null {
  const times = table.columns.filter(isTime);
  const years = columnsByStem(
    table,
    ["year", "season"],
    (column) => isNumeric(column) || column.type.family === "text",
  );
  return years[0] ?? times[0] ?? null;
}
