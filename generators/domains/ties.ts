import pluralize from "pluralize";
import type { Table } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { SavedQuery } from "../generator.ts";

/** How strongly two tables belong together, by a key of both ids. */
export interface Ties {
  readonly pairs: readonly Tie[];
  /** The sum of a table's ties. */
  strength(id: ObjectId): number;
}
export interface Tie {
  readonly left: ObjectId;
  readonly right: ObjectId;
  readonly weight: number;
}

/** A word that starts the names of more than this share of all tables says nothing about any of them. */
const COMMON_WORD = 0.4;
/** Beyond this many tables a shared word no longer ties each to each. */
const LONGEST_FAMILY = 60;
const WORD = 2;
const QUERY = 0.5;

/**
 * What ties tables together: references, of which those to a table that everything refers to count little; the first
 * word of their names; and saved queries that read both.
 */
export function tiesOf(index: ModelIndex, tables: readonly Table[], queries: readonly SavedQuery[]): Ties {
  const wanted = new Set(tables.map(({ id }) => id));
  const weights = new Map<string, Tie>();
  const add = (one: ObjectId, other: ObjectId, weight: number): void => {
    if (one === other || !wanted.has(one) || !wanted.has(other)) return;
    const [left, right] = one < other ? [one, other] : [other, one];
    const key = `${left} ${right}`;
    weights.set(key, { left, right, weight: (weights.get(key)?.weight ?? 0) + weight });
  };
  for (const { from, to } of index.references) {
    if (to) add(from.id, to.id, 1 / Math.sqrt(Math.max(1, index.referencesTo(to.id).length)));
  }
  for (const family of Map.groupBy(tables, ({ name }) => firstWord(name)).values()) {
    if (family.length < 2 || family.length > Math.min(LONGEST_FAMILY, tables.length * COMMON_WORD)) continue;
    for (const [at, { id }] of family.entries())
      for (const other of family.slice(at + 1)) add(id, other.id, WORD / family.length);
  }
  for (const { uses } of queries) {
    for (const [at, one] of uses.entries())
      for (const other of uses.slice(at + 1)) add(one, other, QUERY / Math.max(1, uses.length - 1));
  }
  const pairs = [...weights.values()].sort((a, b) => byText(a.left, b.left) || byText(a.right, b.right));
  const strengths = new Map<ObjectId, number>();
  for (const { left, right, weight } of pairs) {
    strengths.set(left, (strengths.get(left) ?? 0) + weight);
    strengths.set(right, (strengths.get(right) ?? 0) + weight);
  }
  return { pairs, strength: (id) => strengths.get(id) ?? 0 };
}

/** `order` of `order_lines`, `orderLines` and `orders`. */
export function firstWord(name: string): string {
  const [word = ""] = name.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u);
  return pluralize.singular(word.toLowerCase());
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
