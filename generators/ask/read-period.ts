import { timeUnits, type TimeUnit } from "#schemas/dialects/time-words.ts";
import type { Table } from "#schemas/model.ts";
import { isTime } from "./display.ts";
import type { Asked, Item } from "./intent.ts";
import { askedColumn, columnsOf, peek, type Reader } from "./reader.ts";

/** The stretch of time that a word names; null when it names none, or when a column is called so. */
export function unitOf(reader: Reader): TimeUnit | null {
  const chunk = peek(reader);
  if (chunk === undefined || columnsOf(chunk).some(({ column, weight }) => column && weight > 0.55)) return null;
  const word = chunk.words.toLowerCase().replace(/s$/, "");
  return timeUnits.find((unit) => unit === word) ?? null;
}

/** Reads `per month`, where the time is the one that what is counted has. False when it has none. */
export function readUnitGroup(reader: Reader): boolean {
  const unit = unitOf(reader);
  const asked = unit && timeAsked(reader);
  if (!unit || !asked) return false;
  reader.at += 1;
  reader.intent.groups.push({ kind: "column", asked, unit });
  return true;
}

/** Reads `last month`, `this year`, `today`; at the phrase. False when nothing that is asked for has a time. */
export function readPeriod(
  reader: Reader,
  { unit, back }: { readonly unit: TimeUnit; readonly back: number },
): boolean {
  const asked = timeAsked(reader);
  if (asked === null) return false;
  reader.at += 1;
  reader.sink.push({ kind: "period", asked, unit, back });
  reader.pending = null;
  return true;
}

/** Reads `the last 7 days`; at the word before the number. False, and nothing is changed, when it is none. */
export function readPastUnits(reader: Reader): boolean {
  if (!/^(?:last|past|previous)$/i.test(peek(reader)?.words ?? "")) return false;
  const number = peek(reader, 1);
  const unit = unitOf({ ...reader, at: reader.at + 2 });
  const asked = unit && timeAsked(reader);
  if (number?.kind !== "number" || !unit || !asked) return false;
  reader.at += 3;
  reader.sink.push({ kind: "period", asked, unit, back: 0, count: Number(number.text) });
  reader.pending = null;
  return true;
}

/** The time that is spoken of: a column just named, else that of the things in question. */
function timeAsked({ pending, focus, intent }: Reader): Asked | null {
  const named = (pending?.meanings ?? []).filter(({ column }) => column && isTime(column));
  if (pending && named.length > 0) return { ...pending, meanings: named };
  for (const table of [...(focus ? [focus] : []), ...intent.items.flatMap(tablesOf), ...intent.involved]) {
    // What always has a time is rather dated by it than by one that is filled in later.
    const times = table.columns.filter((column) => column.type.family === "date" || column.type.family === "timestamp");
    const column = times.find(({ nullable }) => !nullable) ?? times[0];
    if (column) return askedColumn(table, column);
  }
  return null;
}

function tablesOf(item: Item): readonly Table[] {
  if (item.kind === "thing") return [item.table];
  if (item.kind === "count" && item.of) return [item.of];
  const best = item.asked?.meanings[0]?.table;
  return best ? [best] : [];
}
