import { compareNatural } from "#schemas/frameworks/order.ts";
import type { DiagramEdge, DiagramNode } from "./diagram.ts";
import { lanesOf } from "./lanes.ts";

/** Rows have this height; a box with two keys and the gap below it fits one. */
export const ROW = 96;
/** Free height below every box, where lines may pass. */
export const GAP = 18;
/** Rows that tables with the same parent share, for each row they take: room to come and go without pushing others. */
const ROOM = 1.4;

/** A box on the grid: its lane, and its first row. */
export interface Place {
  readonly lane: number;
  readonly row: number;
  readonly rows: number;
}
export interface Grid {
  readonly places: ReadonlyMap<string, Place>;
  readonly lanes: number;
}

/**
 * Puts tables on a grid: a lane for each step of references, each table near the one it refers to. Tables choose in the
 * order in which files made them, and a choice depends on those before it only: a table of a new migration moves none.
 * Within one file a hash of the name decides, so that a table put in between moves few. Needs no former picture: the
 * same tables give the same grid.
 */
export function placeInLanes(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  heightOf: (node: DiagramNode) => number,
): Grid {
  const rowsOf = (node: DiagramNode): number => Math.max(1, Math.ceil((heightOf(node) + GAP) / ROW));
  const lanes = lanesOf(nodes, edges);
  const parentOf = parents(edges, lanes);
  const wanted = new Map<string, number>();
  const places = new Map<string, Place>();
  const taken = new Map<number, Set<number>>();
  const families = new Map<string | undefined, number>();
  const inTurn = nodes.toSorted((a, b) => laneOf(a) - laneOf(b) || byTurn(a, b));
  for (const node of inTurn) {
    const lane = laneOf(node);
    const rows = rowsOf(node);
    const parent = parentOf.get(node.id);
    // Of its brothers and sisters only those before it count: who comes later changes nothing.
    const family = (families.get(parent) ?? 0) + rows;
    families.set(parent, family);
    // In doubling steps, so that one more seldom changes what the next ones want.
    const range = 2 ** Math.round(Math.log2(family * ROOM));
    // Not the row the parent got: who is pushed aside must not take all that refer to it along.
    const first = parent === undefined ? 0 : (wanted.get(parent) ?? 0) - Math.floor(range / 2);
    const row = Math.max(0, first) + (hash(node.id) % range);
    wanted.set(node.id, row);
    const own = taken.get(lane) ?? new Set<number>();
    taken.set(lane, own);
    places.set(node.id, { lane, ...take(own, nearestFree(own, row, rows), rows) });
  }
  return { places, lanes: Math.max(0, ...lanes.values()) + 1 };

  function laneOf({ id }: DiagramNode): number {
    return lanes.get(id) ?? 0;
  }
}

/** The table to stand beside: of those referred to, the one in the last lane, for what is further left is shared by many. */
function parents(edges: readonly DiagramEdge[], lanes: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const lane = (id: string): number => lanes.get(id) ?? 0;
  for (const { from, to } of edges) {
    if (lane(to) >= lane(from)) continue;
    const before = found.get(from);
    if (before === undefined || lane(to) > lane(before) || (lane(to) === lane(before) && to < before))
      found.set(from, to);
  }
  return found;
}

function nearestFree(taken: ReadonlySet<number>, wanted: number, rows: number): number {
  for (let away = 0; ; away += 1) {
    if (isFree(taken, wanted + away, rows)) return wanted + away;
    if (isFree(taken, wanted - away, rows)) return wanted - away;
  }
}

function isFree(taken: ReadonlySet<number>, row: number, rows: number): boolean {
  if (row < 0) return false;
  for (let next = row; next < row + rows; next += 1) if (taken.has(next)) return false;
  return true;
}

function take(taken: Set<number>, row: number, rows: number): Pick<Place, "row" | "rows"> {
  for (let next = row; next < row + rows; next += 1) taken.add(next);
  return { row, rows };
}

/** Older files first, as their numbers count; what one file makes in no order of its own. */
function byTurn(a: DiagramNode, b: DiagramNode): number {
  const files = compareNatural(a.madeIn ?? "", b.madeIn ?? "");
  if (files !== 0) return files;
  return hash(`turn ${a.id}`) - hash(`turn ${b.id}`) || (a.id < b.id ? -1 : 1);
}

/** FNV-1a with a last stir: neighbouring names must not have neighbouring turns. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
