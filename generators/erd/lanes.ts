import type { DiagramEdge, DiagramNode } from "./diagram.ts";

/**
 * In which lane each table stands: one right of the rightmost table it refers to. Tables that refer to each other in a
 * ring share a lane. A new table that only refers to others moves none of them.
 */
export function lanesOf(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): ReadonlyMap<string, number> {
  const parents = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) if (from !== to) parents.get(from)?.push(to);
  const rings = ringsOf(parents);
  const lanes = new Map<number, number>();
  // A ring comes out after every ring it refers to.
  for (const [ring, members] of rings.members.entries()) {
    const before = members.flatMap((id) => parents.get(id) ?? []).map((id) => rings.of.get(id) ?? -1);
    const others = before.filter((other) => other !== ring);
    lanes.set(ring, others.length === 0 ? 0 : 1 + Math.max(...others.map((other) => lanes.get(other) ?? 0)));
  }
  return new Map(nodes.map(({ id }) => [id, lanes.get(rings.of.get(id) ?? -1) ?? 0]));
}

interface Rings {
  readonly members: readonly (readonly string[])[];
  readonly of: ReadonlyMap<string, number>;
}

/** Strongly connected components after Tarjan, without recursion: chains of a thousand tables exist. */
function ringsOf(parents: ReadonlyMap<string, readonly string[]>): Rings {
  const members: string[][] = [];
  const of = new Map<string, number>();
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  for (const root of [...parents.keys()].sort()) {
    if (order.has(root)) continue;
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { id } = top;
      if (top.next === 0) {
        order.set(id, order.size);
        lowest.set(id, order.get(id) ?? 0);
        stack.push(id);
      }
      const child = parents.get(id)?.[top.next];
      top.next += 1;
      if (child !== undefined) {
        if (!order.has(child)) path.push({ id: child, next: 0 });
        else if (!of.has(child)) lower(id, order.get(child) ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.id, lowest.get(id) ?? 0);
      if (lowest.get(id) === order.get(id)) closeRing(id);
    }
  }
  return { members, of };

  function lower(id: string, value: number): void {
    lowest.set(id, Math.min(lowest.get(id) ?? value, value));
  }

  function closeRing(id: string): void {
    const ring = stack.splice(stack.indexOf(id)).sort();
    for (const one of ring) of.set(one, members.length);
    members.push(ring);
  }
}
