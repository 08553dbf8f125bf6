import type { SchemaModel } from "#schemas/model.ts";

/** Keys that say what an object is come first; the rest is in alphabetical order. */
const FIRST = ["version", "kind", "id", "schema", "name"];

/** The model as the committed JSON: stable key order, two spaces, a final newline. Equal models give equal bytes. */
export function stringifyModel(model: SchemaModel): string {
  return stableJson(model);
}

/** Any plain data as JSON with stable key order. Keys without a value are left out. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(ordered(value), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([left], [right]) => compareKeys(left, right));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

function compareKeys(left: string, right: string): number {
  const ranks = rank(left) - rank(right);
  if (ranks !== 0 || left === right) return ranks;
  return left < right ? -1 : 1;
}

function rank(key: string): number {
  const at = FIRST.indexOf(key);
  return at === -1 ? FIRST.length : at;
}
