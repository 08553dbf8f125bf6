import { compareNatural } from "#schemas/frameworks/order.ts";
import type { DiagramEdge, DiagramNode } from "./diagram.ts";
import { lanesOf } from "./lanes.ts";

/** Rows have this height; a box with two keys and the gap below it fits one. */
export const ROW = 96;
/** Free height below every box, where lines may pass. */
export const GAP = 18;
/** Rows in which a table looks for its place at first, for each row it takes. */
const RANGE = 8;
/**
 * Rows in which it looks when that place is taken: more, for there it seldom stands in the way of the first wish of a
 * table that comes later, which would pass on the push. With 8, a third to a half more tables put between others moved
 * more than a fifth of a picture; with 16, small pictures are a sixth taller.
 */
const NEXT_RANGE = 12;
/** So often it looks in as many rows; then in so many times as many. */
const ATTEMPTS = 4;
const WIDER = 1.5;

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
 * order in which files made them, and a choice depends on those before it only: a table of a new migration or at the end
 * of a file moves none, and one put in between moves few. Needs no former picture: the same tables give the same grid.
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
  const inTurn = nodes.toSorted((a, b) => laneOf(a) - laneOf(b) || byTurn(a, b));
  for (const node of inTurn) {
    const lane = laneOf(node);
    const rows = rowsOf(node);
    const parent = parentOf.get(node.id);
    // Not the row the parent got: who is pushed aside must not take all that refer to it along.
    const near = parent === undefined ? 0 : (wanted.get(parent) ?? 0);
    const wish = (attempt: number): number => wishOf(node.id, { attempt, near, rows });
    wanted.set(node.id, wish(0));
    const own = taken.get(lane) ?? new Set<number>();
    taken.set(lane, own);
    places.set(node.id, { lane, ...take(own, firstFree(own, wish, rows), rows) });
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

interface Wish {
  readonly attempt: number;
  /** The row to stand near. */
  readonly near: number;
  readonly rows: number;
}

/**
 * The row that a table asks for at its n-th attempt: near its parent first, then further away. It depends on the name
 * and on the parent's own first wish only, so that a table more changes nobody's wishes; who finds its row taken goes
 * elsewhere and does not push the next ones along.
 */
function wishOf(id: string, { attempt, near, rows }: Wish): number {
  const first = attempt === 0 ? RANGE : NEXT_RANGE;
  const range = Math.round(first * rows * WIDER ** Math.floor(attempt / ATTEMPTS));
  const row = near - Math.floor(range / 2) + (hash(`${attempt} ${id}`) % range);
  return row < 0 ? -1 - row : row;
}

function firstFree(taken: ReadonlySet<number>, wish: (attempt: number) => number, rows: number): number {
  for (let attempt = 0; ; attempt += 1) {
    const row = wish(attempt);
    if (isFree(taken, row, rows)) return row;
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

/** Older files first, as their numbers count, and what is further up in a file. A hash decides where nothing is known. */
export function byTurn({ id: a, made: one }: DiagramNode, { id: b, made: other }: DiagramNode): number {
  const files = compareNatural(one?.file ?? "", other?.file ?? "");
  if (files !== 0) return files;
  const lines = (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);
  return lines || hash(`turn ${a}`) - hash(`turn ${b}`) || (a < b ? -1 : 1);
}

/** FNV-1a with a last stir: neighbouring names must not have neighbouring turns. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
