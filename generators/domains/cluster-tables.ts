import type { ObjectId } from "#schemas/object-id.ts";
import { communities } from "./communities.ts";
import type { Tie, Ties } from "./ties.ts";

/** Fewer tables make no chapter of their own. */
const SMALLEST = 3;

/**
 * Groups of tables with many ties inside and few to others, see `communities`. A group of fewer than three joins the one it is tied to most. What has no ties is left out.
 */
export function clusterTables(ids: readonly ObjectId[], ties: Ties): readonly (readonly ObjectId[])[] {
  const tied = ids.filter((id) => ties.strength(id) > 0);
  const positions = new Map(tied.map((id, at) => [id, at]));
  const links = ties.pairs.map(({ left, right, weight }) => ({
    left: positions.get(left) ?? 0,
    right: positions.get(right) ?? 0,
    weight,
  }));
  const found = communities(tied.length, links);
  const groups = [...Map.groupBy(tied, (_, at) => found[at]).values()];
  return joined(groups, ties.pairs);
}

function joined(groups: readonly (readonly ObjectId[])[], ties: readonly Tie[]): readonly (readonly ObjectId[])[] {
  const found = groups.toSorted((a, b) => a.length - b.length || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const small = found.find((group) => group.length < SMALLEST);
  if (!small || found.length === 1) return found.toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const groupOf = new Map(found.flatMap((group) => group.map((id) => [id, group] as const)));
  const tied = new Map<readonly ObjectId[], number>();
  for (const { left, right, weight } of ties) {
    const [one, other] = [groupOf.get(left), groupOf.get(right)];
    if (one === other) continue;
    const next = one === small ? other : one;
    if ((one === small || other === small) && next) tied.set(next, (tied.get(next) ?? 0) + weight);
  }
  const [best] = [...tied].sort(([a, x], [b, y]) => y - x || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const rest = found.filter((group) => group !== small);
  // Tied to nothing outside: two tables on their own are a chapter all the same.
  if (!best) return [...joined(rest, ties), small];
  return joined([...rest.filter((group) => group !== best[0]), [...best[0], ...small].sort()], ties);
}
