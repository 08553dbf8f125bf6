import type { Cell } from "#generators/queries/cells.ts";

/** A value as a driver gives it, as what JSON holds: bytes in hexadecimal, times as text. */
export function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (Buffer.isBuffer(value)) return `0x${value.toString("hex")}`;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toCell);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toCell(part)]));
}
