import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";

export const STATISTICS_VERSION = 1;

const count = z.number().min(0);

/** What the planner knows of a column's values, without the values. */
const columnStatisticsSchema = part(
  "ColumnStatistics",
  z.strictObject({
    /** Share of rows in which the column is NULL, 0 to 1. */
    nullFraction: z.number().min(0).max(1),
    /** Bytes an average value takes. */
    averageWidth: count.exactOptional(),
    /** As PostgreSQL counts: how many distinct values, or minus their share of the rows when that number grows with them. */
    distinct: z.number().min(-1).exactOptional(),
    /** How the order of the rows on disk follows that of the values, -1 to 1. */
    correlation: z.number().min(-1).max(1).exactOptional(),
    /** Share of rows that each of the most common values has, most common first. The values themselves are left out. */
    commonFrequencies: z.array(z.number().min(0).max(1)).exactOptional(),
    /** The same values as keyed hashes in the same order; only when they were asked for. See `hashKey`. */
    commonHashes: z.array(z.string()).exactOptional(),
    /** Into how many equally frequent parts the other values were divided. */
    histogramBuckets: count.exactOptional(),
  }),
);

const indexStatisticsSchema = part(
  "IndexStatistics",
  z.strictObject({
    method: z.string().exactOptional(),
    rows: count.exactOptional(),
    /** Pages as the planner knows them; 8 kB each in PostgreSQL and SQL Server. */
    pages: count.exactOptional(),
    bytes: count.exactOptional(),
    /** Levels above the leaves of a B-tree; 0 when the root is a leaf. */
    level: count.exactOptional(),
    /** Distinct values of the first key column, of the first two, and so on. */
    distinct: z.array(count).exactOptional(),
    /** How often it was read since the server began to count. */
    scans: count.exactOptional(),
  }),
);

const routineErrorSchema = part(
  "RoutineError",
  z.strictObject({
    message: z.string(),
    /** Line of the body, from 1. */
    line: count.exactOptional(),
    /** SQLSTATE. */
    sqlstate: z.string().exactOptional(),
    hint: z.string().exactOptional(),
  }),
);

/**
 * `.querygenie/stats/<connection>.json`: what a running database knows of its sizes and values. No row data: values
 * are left out, or are hashes when that was asked for.
 */
export const statisticsSchema = z.strictObject({
  version: z.literal(STATISTICS_VERSION),
  /** Name of the connection in the configuration. */
  connection: z.string(),
  takenAt: part("Day", z.iso.date()),
  engine: z.strictObject({ name: z.string(), version: z.string() }).exactOptional(),
  /** Settings of the server that decide between plans, as it prints them, such as `random_page_cost`. */
  planner: z.record(z.string(), z.string()).exactOptional(),
  /**
   * Key of the hashes (HMAC-SHA-256, the first 16 hexadecimal digits). It stands here so that a literal of a query can
   * be looked up; so whoever can guess a value can confirm it. Ask for hashes only where that is no harm.
   */
  hashKey: z.string().exactOptional(),
  /** Tables and materialised views by id. */
  relations: z.record(
    z.string(),
    z.strictObject({
      rows: count,
      /** With indexes and what is stored aside. */
      bytes: count,
      /** Pages of the table alone as the planner knows them; 8 kB each in PostgreSQL. */
      pages: count.exactOptional(),
      /** Pages that need no look at row visibility. PostgreSQL only. */
      visiblePages: count.exactOptional(),
      columns: z.record(z.string(), columnStatisticsSchema).exactOptional(),
      /** By the index's name. */
      indexes: z.record(z.string(), indexStatisticsSchema).exactOptional(),
    }),
  ),
  /** Functions and procedures by id, in which an extension of the server finds errors. */
  routines: z.record(z.string(), z.strictObject({ errors: z.array(routineErrorSchema) })).exactOptional(),
});
export type Statistics = Frozen<z.output<typeof statisticsSchema>>;
export type RelationStatistics = Statistics["relations"][string];
export type ColumnStatistics = Frozen<z.output<typeof columnStatisticsSchema>>;
export type RoutineErrors = NonNullable<Statistics["routines"]>;
export type IndexStatistics = Frozen<z.output<typeof indexStatisticsSchema>>;

export const statisticsExample: Statistics = {
  version: STATISTICS_VERSION,
  connection: "production",
  takenAt: "2026-11-20",
  engine: { name: "PostgreSQL", version: "16.4" },
  planner: { random_page_cost: "1.1" },
  relations: {
    "people.customers": { rows: 3_810_000, bytes: 870_000_000 },
    "sales.orders": {
      rows: 12_400_000,
      bytes: 2_900_000_000,
      pages: 190_000,
      visiblePages: 180_000,
      columns: {
        status: {
          nullFraction: 0,
          averageWidth: 8,
          distinct: 5,
          correlation: 0.4,
          commonFrequencies: [0.9, 0.06, 0.03, 0.01],
        },
      },
      indexes: { orders_pkey: { method: "btree", rows: 12_400_000, pages: 34_000, level: 2 } },
    },
  },
};
