/** A weighted link between two of the nodes `0 … size - 1`. */
export interface Link {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/**
 * Groups of nodes with many links inside and few to others, by the method of Louvain (Blondel and others, 2008): nodes
 * move to the neighbouring group that raises modularity most until none does, then groups become nodes and it starts
 * again. In order and without chance, so the same links give the same groups. Returns the group of each node.
 * Written here because the packages that have it ship types that Node's ES modules do not fit, for these few lines.
 */
export function communities(size: number, links: readonly Link[]): readonly number[] {
  let groups = Array.from({ length: size }, (_, node) => node);
  let level = links;
  let count = size;
  for (;;) {
    const moved = moveNodes(count, level);
    const numbers = new Map<number, number>();
    for (const group of moved) if (!numbers.has(group)) numbers.set(group, numbers.size);
    if (numbers.size === count) return groups;
    const numberOf = (node: number): number => numbers.get(moved[node] ?? -1) ?? 0;
    groups = groups.map(numberOf);
    level = merged(level.map(({ left, right, weight }) => ({ left: numberOf(left), right: numberOf(right), weight })));
    count = numbers.size;
  }
}

/** One pass of local moves; the group of each node. A link of a node to itself counts as inside whatever moves. */
function moveNodes(size: number, links: readonly Link[]): readonly number[] {
  const neighbours = Array.from({ length: size }, () => new Map<number, number>());
  const degrees = Array.from({ length: size }, () => 0);
  let total = 0;
  for (const { left, right, weight } of links) {
    total += weight;
    degrees[left] = (degrees[left] ?? 0) + weight;
    degrees[right] = (degrees[right] ?? 0) + weight;
    if (left === right) continue;
    neighbours[left]?.set(right, (neighbours[left].get(right) ?? 0) + weight);
    neighbours[right]?.set(left, (neighbours[right].get(left) ?? 0) + weight);
  }
  const groups = degrees.map((_, node) => node);
  const sums = [...degrees];
  let isMoving = total > 0;
  while (isMoving) {
    isMoving = false;
    for (const [node, own] of neighbours.entries()) {
      const degree = degrees[node] ?? 0;
      const from = groups[node] ?? node;
      sums[from] = (sums[from] ?? 0) - degree;
      const ties = new Map<number, number>([[from, 0]]);
      for (const [other, weight] of own) {
        const group = groups[other] ?? other;
        ties.set(group, (ties.get(group) ?? 0) + weight);
      }
      let best = from;
      let most = gainOf(from);
      for (const group of [...ties.keys()].sort((a, b) => a - b)) {
        const gain = gainOf(group);
        // A hair's breadth apart is a rounding error, and two nodes would swap for ever.
        if (gain > most + 1e-9) [best, most] = [group, gain];
      }
      groups[node] = best;
      sums[best] = (sums[best] ?? 0) + degree;
      if (best !== from) isMoving = true;

      function gainOf(group: number): number {
        return (ties.get(group) ?? 0) - ((sums[group] ?? 0) * degree) / (2 * total);
      }
    }
  }
  return groups;
}

function merged(links: readonly Link[]): readonly Link[] {
  const found = new Map<string, Link>();
  for (const { left, right, weight } of links) {
    const [low, high] = left < right ? [left, right] : [right, left];
    const key = `${low} ${high}`;
    found.set(key, { left: low, right: high, weight: (found.get(key)?.weight ?? 0) + weight });
  }
  return [...found.values()];
}
