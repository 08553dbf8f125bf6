import type { Statistics } from "#schemas/json/statistics.ts";
import type { ObjectId } from "#schemas/object-id.ts";

export interface Sizes {
  /** Day of the statistics, when there are any. */
  readonly takenAt?: string;
  /** Whether there are statistics at all. */
  readonly areKnown: boolean;
  /** Undefined when nothing says how many rows there are. */
  rows(id: ObjectId): number | undefined;
  /** `≈ 12.4 M rows`, or that the size is not known. */
  words(id: ObjectId): string;
  /** Known to have so many rows that reading them all takes its time. */
  isLarge(id: ObjectId): boolean;
  /** Known to be small. */
  isSmall(id: ObjectId): boolean;
}

/** From so many rows on a table is large when nothing else is configured. */
export const LARGE_TABLE_ROWS = 100_000;

/** `largeTableRows`: from how many rows on a table is large. */
export function createSizes(statistics: Statistics | undefined, largeTableRows: number): Sizes {
  const rows = (id: ObjectId): number | undefined =>
    statistics !== undefined && Object.hasOwn(statistics.relations, id) ? statistics.relations[id]?.rows : undefined;
  return {
    ...(statistics?.takenAt === undefined ? {} : { takenAt: statistics.takenAt }),
    areKnown: statistics !== undefined,
    rows,
    words: (id) => {
      const known = rows(id);
      return known === undefined ? "size unknown" : `≈ ${countWords(known)} rows`;
    },
    isLarge: (id) => (rows(id) ?? -1) >= largeTableRows,
    isSmall: (id) => (rows(id) ?? largeTableRows) < largeTableRows,
  };
}

/** 12,400,000 as `12.4 M`, with three digits at most. */
export function countWords(count: number): string {
  for (const [unit, size] of UNITS) {
    if (count >= size) return `${Number((count / size).toPrecision(3))} ${unit}`;
  }
  return String(Math.round(count));
}

const UNITS = [
  ["G", 1e9],
  ["M", 1e6],
  ["k", 1e3],
] as const;
