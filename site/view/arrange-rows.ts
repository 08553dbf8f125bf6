import { cellOf } from "./cell.ts";
import { numberOf } from "./chart-choice.ts";

type Row = readonly unknown[];

export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** The rows that hold the words, in the order asked for; nulls come last either way. The given rows stay as they are. */
export function arrangeRows(
  rows: readonly Row[],
  {
    words,
    sorting,
    numeric,
  }: { readonly words: string; readonly sorting: Sorting | null; readonly numeric: readonly boolean[] },
): readonly Row[] {
  const wanted = words.trim().toLowerCase();
  const kept =
    wanted === "" ? rows : rows.filter((row) => row.some((value) => textOf(value).toLowerCase().includes(wanted)));
  if (sorting === null) return kept;
  const { column, descending } = sorting;
  const isNumeric = numeric[column] === true;
  const compare = (a: unknown, b: unknown): number => {
    if (isNumeric) return numberOf(a) - numberOf(b);
    return collator.compare(textOf(a), textOf(b));
  };
  return kept.toSorted((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return descending ? compare(b, a) : compare(a, b);
  });
}

const collator = new Intl.Collator("en", { numeric: true });
const textOf = (value: unknown): string => (value === null ? "null" : cellOf(value).text);
