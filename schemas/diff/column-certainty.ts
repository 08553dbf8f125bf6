import type { Column, Table, View } from "../model.ts";
import type { Names } from "./names.ts";
import { typeWords } from "./rename-certainty.ts";
import { nameSimilarity } from "./similarity.ts";

/**
 * How sure one is that a column became another of the same table, 0 to 1. The place counts most beside the type: a
 * rename keeps it, while a new column comes last.
 */
export function columnCertainty(before: Table | View, after: Table | View, names: Names) {
  const kept = new Set(before.columns.map((column) => column.name).filter((name) => hasColumn(after, name)));
  const placesBefore = places(before, kept);
  const placesAfter = places(after, kept);
  const usesBefore = usesOf(before);
  const usesAfter = usesOf(after);

  return (one: Column, other: Column): number => {
    const type = typeCertainty(one, other, names);
    if (type === 0) return 0;
    const place = placesBefore.get(one);
    let certainty = type + 0.2 * nameSimilarity(one.name, other.name);
    // At the end of the table a new column stands where a renamed one would.
    if (place !== undefined && place === placesAfter.get(other)) certainty += place.endsWith(";") ? 0.1 : 0.3;
    if (isFilledAlike(one, other)) certainty += 0.1;
    if (one.comment && one.comment === other.comment) certainty += 0.2;
    const uses = usesBefore.get(one.name);
    if (uses !== undefined && uses === usesAfter.get(other.name)) certainty += 0.2;
    return certainty;
  };
}

function typeCertainty(before: Column, after: Column, names: Names): number {
  if (typeWords(before.type, names) === typeWords(after.type)) return 0.35;
  return before.type.family === after.type.family ? 0.15 : 0;
}

function isFilledAlike(before: Column, after: Column): boolean {
  return (
    before.nullable === after.nullable &&
    before.default === after.default &&
    (before.identity === undefined) === (after.identity === undefined) &&
    before.generated?.expression === after.generated?.expression
  );
}

function hasColumn(relation: Table | View, name: string): boolean {
  return relation.columns.some((column) => column.name === name);
}

/** The place of each column that was not kept, told by the kept ones around it: `previous+distance;next`. */
function places(relation: Table | View, kept: ReadonlySet<string>): ReadonlyMap<Column, string> {
  const found = new Map<Column, string>();
  let waiting: { readonly column: Column; readonly start: string }[] = [];
  let previous = "";
  let distance = 0;
  const settle = (next: string) => {
    for (const { column, start } of waiting) found.set(column, `${start};${next}`);
    waiting = [];
  };
  for (const column of relation.columns) {
    if (kept.has(column.name)) {
      settle(column.name);
      previous = column.name;
      distance = 0;
    } else {
      distance += 1;
      waiting.push({ column, start: `${previous}+${distance}` });
    }
  }
  settle("");
  return found;
}

/** Which constraints each column is part of, told without its own name; absent for a column in none. */
function usesOf(relation: Table | View): ReadonlyMap<string, string> {
  const uses = new Map<string, string>();
  if (relation.kind === "view") return uses;
  for (const constraint of relation.constraints) {
    for (const [at, name] of constraint.columns.entries()) {
      const others = constraint.columns.filter((column) => column !== name).join();
      const target = constraint.kind === "foreign key" ? constraint.references.table : "";
      uses.set(name, `${uses.get(name) ?? ""}${constraint.kind} ${at} ${others} ${target};`);
    }
  }
  return uses;
}
