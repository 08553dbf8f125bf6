import type { Column, Table } from "#schemas/model.ts";
import { isKeyLike, isNumeric, isTime } from "./display.ts";
import type { Asked } from "./intent.ts";
import type { Meaning } from "./lexicon.ts";
import { ADJECTIVES, type AggregateFn } from "./phrases.ts";
import { asked, askedColumn, columnsByStem, type Reader } from "./reader.ts";

/** The column of a table that an adjective measures, and whether it rises with it. */
export function measuredBy(
  table: Table,
  adjective: string,
): { readonly column: Column; readonly rises: boolean } | null {
  const fits = (column: Column): boolean => (isNumeric(column) || isTime(column)) && !isKeyLike(table, column);
  for (const entry of ADJECTIVES.get(adjective) ?? []) {
    const falls = entry.startsWith("-");
    const [column] = columnsByStem(table, [falls ? entry.slice(1) : entry], fits);
    if (column) return { column, rises: !falls };
  }
  if (adjective !== "recent") return null;
  const column = table.columns.find(isTime);
  return column ? { column, rises: true } : null;
}

/** Orders by what the adjective measures, and keeps the first; false when the table has nothing of the kind. */
export function orderByAdjective(
  reader: Reader,
  { adjective, most, table }: { readonly adjective?: string; readonly most: boolean; readonly table: Table },
): boolean {
  const measured = measuredBy(table, adjective ?? "");
  if (measured === null) return false;
  return orderBy(reader, askedColumn(table, measured.column), { descending: measured.rises === most });
}

/** Orders by a column that the question names. */
export function orderByMention(
  reader: Reader,
  {
    most,
    meanings,
    words,
    fn,
  }: {
    readonly most: boolean;
    readonly meanings: readonly Meaning[];
    readonly words: string;
    readonly fn?: AggregateFn;
  },
): boolean {
  return orderBy(reader, asked(words, meanings, reader.focus), { descending: most, ...(fn ? { fn } : {}) });
}

function orderBy(
  { intent }: Reader,
  column: Asked,
  how: { readonly descending: boolean; readonly fn?: AggregateFn },
): boolean {
  intent.orders.push({ kind: "column", asked: column, ...how });
  intent.limit ??= 1;
  return true;
}

/** `the driver with the most points`: of all rows that are about the driver. */
export function isSummed({ intent, lexicon }: Reader, named: readonly Meaning[]): boolean {
  const [item] = intent.items;
  const asked = item?.kind === "column" ? item.asked.near : null;
  const subject = item?.kind === "thing" ? item.table : asked;
  const [best] = named;
  if (!subject || !best || best.table === subject || named.some(({ table }) => table === subject)) return false;
  if (!best.column || !isNumeric(best.column)) return false;
  return (lexicon.ways.at.get(subject.id) ?? []).some(({ from, to }) => from === best.table.id && to === subject.id);
}
