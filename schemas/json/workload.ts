import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";

export const WORKLOAD_VERSION = 1;

/** `.querygenie/workload/<connection>.json`: what a running database is asked, heaviest first. No literal of any query. */
export const workloadSchema = z.strictObject({
  version: z.literal(WORKLOAD_VERSION),
  /** Name of the connection in the configuration. */
  connection: z.string(),
  takenAt: part("Day", z.iso.date()),
  /** Since when the server counts, when it says so. */
  since: z.iso.date().exactOptional(),
  /** What of the server was read. */
  source: z.enum(["pg_stat_statements", "performance_schema", "Query Store"]),
  queries: z.array(
    part(
      "WorkloadQuery",
      z.strictObject({
        /** Hash of the text: equal for equal texts in every run. */
        id: z.string(),
        /** Placeholders (`$1`, `?`, `@p1`) where the query had values; comments are left out. */
        text: z.string(),
        calls: z.number().min(0),
        /** All calls together. */
        totalMs: z.number().min(0),
        /** Rows returned or changed by all calls together. */
        rows: z.number().min(0).exactOptional(),
      }),
    ),
  ),
  /** Statements that were not taken: no queries, too rare for the limit, or not read well enough to be sure that no value is left. */
  leftOut: z.number().min(0),
});
export type Workload = Frozen<z.output<typeof workloadSchema>>;
export type WorkloadQuery = Workload["queries"][number];

export const workloadExample: Workload = {
  version: WORKLOAD_VERSION,
  connection: "production",
  takenAt: "2026-11-20",
  since: "2026-11-01",
  source: "pg_stat_statements",
  queries: [
    {
      id: "5f1d7b0c9a3e4d21",
      text: "select id, status from sales.orders where customer_id = $1 order by placed_at desc limit $2",
      calls: 48_210,
      totalMs: 9312.4,
      rows: 440_118,
    },
  ],
  leftOut: 12,
};
