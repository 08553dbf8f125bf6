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
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) copy[key] = ordered(Reflect.get(value, key));
  return copy;
}

/** Objects of one kind have the same keys, in one order or a few: each order is sorted once. */
const known = new Map<string, readonly string[]>();
/** A map whose keys are ids is of no kind; more of them are not kept. */
const MOST_ORDERS = 1000;

function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  const order = keys.join("\0");
  const found = known.get(order);
  if (found) return found;
  const sorted = keys.sort(compareKeys);
  if (known.size < MOST_ORDERS) known.set(order, sorted);
  return sorted;
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
