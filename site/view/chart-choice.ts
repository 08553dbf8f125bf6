import type { SiteRows } from "#generators/site-data/contract.ts";
import { cellOf, numericColumns } from "./cell.ts";

export const chartKinds = ["bar", "line", "area", "scatter", "pie"] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What a chart of a result shows: columns by their position. */
export interface ChartChoice {
  readonly kind: ChartKind;
  readonly x: number;
  readonly y: readonly number[];
}

export interface ChartOptions {
  /** What fits the shape of the result best. */
  readonly best: ChartChoice;
  readonly kinds: readonly ChartKind[];
  /** Columns that may be drawn as values. */
  readonly numeric: readonly number[];
}

/** More slices than this cannot be told apart. */
const MOST_SLICES = 8;
const MOST_LINES = 4;

/**
 * The charts a result may be drawn as, by the shape of its columns: over time as a line, by name as bars, one number
 * against another as points. Null when it has no numbers, or a single row.
 */
export function chartOptions({ columns, rows }: SiteRows): ChartOptions | null {
  const numeric = numericColumns(columns.length, rows).flatMap((is, at) => (is ? [at] : []));
  if (numeric.length === 0 || rows.length < 2) return null;
  const time = columns.findIndex((_, at) => isTime(rows, at));
  const label = columns.findIndex((_, at) => at !== time && !numeric.includes(at) && hasValues(rows, at));
  const values = numeric.filter((at) => !isKey(columns[at]?.name ?? ""));
  const y = (values.length > 0 ? values : numeric).slice(0, MOST_LINES);
  const [first = 0] = y;
  const kinds = chartKinds.filter(
    (kind) =>
      (kind !== "scatter" || numeric.length > 1) &&
      (kind !== "pie" || (rows.length <= MOST_SLICES && rows.every((row) => numberOf(row[first]) >= 0))),
  );
  const choice = (kind: ChartKind, x: number, shown: readonly number[]): ChartOptions => ({
    best: { kind, x, y: shown.filter((at) => at !== x) },
    kinds,
    numeric,
  });
  if (time >= 0) return choice("line", time, y);
  if (label >= 0) return choice("bar", label, y.slice(0, 1));
  const [x = 0, ...others] = y;
  return others.length > 0 ? choice("scatter", x, others.slice(0, 1)) : choice("bar", numberOfOther(numeric, x), y);
}

/** The value as a number a chart can draw; NaN for what is none. */
export function numberOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}

/** A single column of numbers is drawn in its own order. */
function numberOfOther(numeric: readonly number[], at: number): number {
  return numeric.find((other) => other !== at) ?? ROW_NUMBER;
}

/** Stands for the number of the row. */
export const ROW_NUMBER = -1;

const isKey = (name: string): boolean => /(?:^|_)id$/i.test(name);

const hasValues = (rows: readonly (readonly unknown[])[], at: number): boolean =>
  rows.some((row) => cellOf(row[at]).kind !== "null");

/** Dates and times as PostgreSQL writes them, years of four digits and more. */
function isTime(rows: readonly (readonly unknown[])[], at: number): boolean {
  const texts = rows.map((row) => row[at]).filter((value) => value !== null);
  return (
    texts.length > 0 &&
    texts.every((text) => typeof text === "string" && /^\d{4,6}-\d\d(?:-\d\d(?:[ T].*)?)?$/.test(text))
  );
}
