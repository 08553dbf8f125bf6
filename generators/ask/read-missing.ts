import type { Chunk } from "./chunks.ts";
import { isTime } from "./display.ts";
import type { Meaning } from "./lexicon.ts";
import { asked, columnsOf, peek, phraseOf, type Reader } from "./reader.ts";

/**
 * Reads a column that must hold nothing: `customers without an email`, `orders that have not been shipped`. False, and
 * nothing is changed, when something follows that the column is compared with, or when it always holds something.
 */
export function readMissing(reader: Reader, chunk: Chunk): boolean {
  if (!reader.negated || isSaidOf(reader)) return false;
  const meanings = emptyable(reader, columnsOf(chunk));
  if (meanings.length === 0) return false;
  reader.sink.push({ kind: "null", asked: asked(chunk.words, meanings, reader.focus), isNull: true });
  reader.negated = false;
  reader.pending = null;
  return true;
}

/** `the orders that were shipped`: the time when that happened is known. False when no such column waits. */
export function readHappened(reader: Reader): boolean {
  const { pending } = reader;
  if (pending === null || !/(?:ed|en|id|old|ent)$/i.test(pending.words)) return false;
  const meanings = emptyable(reader, pending.meanings).filter(({ column }) => column && isTime(column));
  if (meanings.length === 0) return false;
  reader.sink.push({ kind: "null", asked: { ...pending, meanings }, isNull: reader.negated });
  reader.negated = false;
  reader.pending = null;
  return true;
}

/** `English is not spoken`: what was said before `not` is denied by it. False when nothing of the kind was said. */
export function readDeniedAfter(reader: Reader): boolean {
  const { last, chunks, at, intent } = reader;
  let before = at - 1;
  while (phraseOf(chunks[before])?.kind === "noise") before -= 1;
  const next = peek(reader, 1);
  const isVerb = next?.kind === "unknown" || (next?.kind === "mention" && /(?:ed|en|ing)$/i.test(next.words));
  const value = chunks[before];
  if (before === at - 1 || value?.kind !== "value" || !isVerb || last?.op !== "=" || !last.isText) return false;
  const table = last.asked.meanings[0]?.table;
  if (intent.conditions.at(-1) !== last || table === undefined) return false;
  last.op = "<>";
  const isListed = intent.items.some((item) =>
    item.kind === "thing" ? item.table === table : item.kind === "column" && item.asked.near === table,
  );
  if (!isListed) intent.involved.delete(table);
  reader.at += 2;
  return true;
}

/** Columns that may hold nothing, of the tables that are spoken of. */
function emptyable({ focus, intent }: Reader, meanings: readonly Meaning[]): readonly Meaning[] {
  const fitting = meanings.filter(
    ({ column, table }) =>
      column?.nullable === true &&
      column.type.family !== "boolean" &&
      (table === focus || intent.involved.has(table)) &&
      !table.constraints.some(({ kind, columns }) => kind === "primary key" && columns.includes(column.name)),
  );
  const best = Math.max(0, ...fitting.map(({ weight }) => weight));
  return fitting.filter(({ weight }) => weight === best);
}

/** True when a value, a figure or a comparison follows: then the column is compared and not empty. */
function isSaidOf(reader: Reader): boolean {
  let ahead = 0;
  while (["noise", "preposition"].includes(phraseOf(peek(reader, ahead))?.kind ?? "")) ahead += 1;
  const next = peek(reader, ahead);
  const isPlace = ahead > 0 && phraseOf(peek(reader, 0))?.kind === "preposition";
  const kind = phraseOf(next)?.kind;
  if (next?.kind === "value" || next?.kind === "number") return true;
  return isPlace || ["compare", "between", "named", "contains", "superlative", "aggregate"].includes(kind ?? "");
}
