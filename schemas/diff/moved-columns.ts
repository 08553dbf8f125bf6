import type { Column } from "../model.ts";

interface ColumnPair {
  readonly before: Column;
  readonly after: Column;
}

/**
 * The columns that changed places among those that stayed. A column that only moved up because another one was
 * dropped did not move: the longest row of columns in the same order stands, the others moved.
 */
export function movedColumns(pairs: readonly ColumnPair[]): ReadonlySet<Column> {
  const inOrder = [...pairs].sort((one, other) => one.before.position - other.before.position);
  const standing = longestIncreasing(inOrder.map(({ after }) => after.position));
  return new Set(inOrder.filter((_, at) => !standing.has(at)).map(({ after }) => after));
}

/** Offsets of the longest increasing run in a list of numbers (patience sorting). */
function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [at, value] of values.entries()) {
    let length = ends.findIndex((end) => (values[end] ?? 0) >= value);
    if (length < 0) length = ends.length;
    previous[at] = ends[length - 1] ?? -1;
    ends[length] = at;
  }
  const found = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) found.add(at);
  return found;
}
