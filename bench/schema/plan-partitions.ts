import type { PlannedPartition, PlannedTable } from "./plan.ts";

/** Main tables that grow without end: split by month of this column. */
const BY_MONTH = new Set([
  "usage_record",
  "tracking_event",
  "page_view",
  "energy_reading",
  "outbox_message",
  "login_attempt",
]);
/** Split by part of the world. */
const BY_REGION = new Set(["interaction"]);
const MONTHS = 8;
const REGIONS = ["eu", "us", "asia"];

/** How many partitions the table of a noun has. */
export function partitionCount(noun: string): number {
  if (BY_MONTH.has(noun)) return MONTHS;
  return BY_REGION.has(noun) ? REGIONS.length : 0;
}

/** The partitions of a noun's table; undefined for a table that is in one piece. */
export function planPartitions(noun: string, table: string): PlannedTable["partitions"] {
  if (BY_MONTH.has(noun)) return { column: "occurred_at", parts: byMonth(table) };
  if (BY_REGION.has(noun)) return { column: "region_code", parts: byRegion(table) };
  return undefined;
}

function byMonth(table: string): PlannedPartition[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const month = String(index + 1).padStart(2, "0");
    const next = String(index + 2).padStart(2, "0");
    return { name: `${table}_2026_${month}`, bound: `for values from ('2026-${month}-01') to ('2026-${next}-01')` };
  });
}

function byRegion(table: string): PlannedPartition[] {
  return REGIONS.map((region) => ({ name: `${table}_${region}`, bound: `for values in ('${region}')` }));
}

/** The column a partitioned table is split by, with its type. */
export const partitionColumn = (
  noun: string,
): { readonly name: string; readonly type: string; readonly default?: string } | undefined => {
  if (BY_MONTH.has(noun)) return { name: "occurred_at", type: "timestamptz", default: "now()" };
  return BY_REGION.has(noun) ? { name: "region_code", type: "text" } : undefined;
};
