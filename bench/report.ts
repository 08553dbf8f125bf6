import type { Row } from "./scenario.ts";
import { median, ratios } from "./measure/statistics.ts";

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGigabytes: number;
  readonly node: string;
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
}

export interface Results {
  readonly version: 1;
  readonly date: string;
  readonly machine: Machine;
  /** Which command line was measured. */
  readonly cli: "dist/cli.js" | "action/cli.ts";
  readonly rows: readonly Row[];
  readonly skipped: readonly { readonly scenario: string; readonly reason: string }[];
}

/** All rows as a Markdown table, which is readable in a terminal too. */
export function table(rows: readonly Row[]): string {
  const head = ["scenario", "ours", "peer", "ratio", "peak memory", "target"];
  const body = rows.map((row) => [
    row.name,
    range(row.ours, row.unit),
    peer(row),
    ratio(row),
    range(row.peakMegabytes ?? [], "MB"),
    target(row),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** What the figures mean, a line a row that has something to say. */
export const notes = (rows: readonly Row[]): string =>
  rows.flatMap(({ name, facts }) => (facts === undefined ? [] : [`- ${name}: ${facts}`])).join("\n");

/** True when the middle run keeps the target; null when there is none. */
export function isHeld({ target: wanted, ours, peer: other }: Row): boolean | null {
  if (!wanted) return null;
  return median(wanted.of === "ratio" ? ratios(ours, other ?? []) : ours) <= wanted.most;
}

function peer({ peer: values, peerName, unit }: Row): string {
  return values === undefined ? "–" : `${range(values, unit)} ${peerName ?? ""}`.trim();
}

const ratio = (row: Row): string => (row.peer === undefined ? "–" : range(ratios(row.ours, row.peer), "×"));

function target(row: Row): string {
  if (!row.target) return "–";
  const { most, of } = row.target;
  return `≤ ${most} ${of === "ratio" ? "×" : row.unit}: ${isHeld(row) === true ? "held" : "MISSED"}`;
}

function range(values: readonly number[], unit: string): string {
  if (values.length === 0) return "–";
  const show = (value: number): string => value.toFixed(unit === "MB" || unit === "calls" ? 0 : 2);
  return `${show(median(values))} ${unit} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}
