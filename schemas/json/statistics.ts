import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";

export const STATISTICS_VERSION = 1;

/** `.querygenie/stats/<connection>.json`: how large the tables of a running database are. No row data. */
export const statisticsSchema = z.strictObject({
  version: z.literal(STATISTICS_VERSION),
  /** Name of the connection in the configuration. */
  connection: z.string(),
  takenAt: part("Day", z.iso.date()),
  relations: z.record(
    z.string(),
    z.strictObject({
      rows: z.number().min(0),
      /** With indexes and what is stored aside. */
      bytes: z.number().min(0),
    }),
  ),
});
export type Statistics = Frozen<z.output<typeof statisticsSchema>>;

export const statisticsExample: Statistics = {
  version: STATISTICS_VERSION,
  connection: "production",
  takenAt: "2026-11-20",
  relations: {
    "people.customers": { rows: 3_810_000, bytes: 870_000_000 },
    "sales.orders": { rows: 12_400_000, bytes: 2_900_000_000 },
  },
};
