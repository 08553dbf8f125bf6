import type { DiagramEdge } from "./diagram.ts";
import { boxSize, framed, rowOffset, type Box, type LayOut, type Line, type Point } from "./layout.ts";
import { GAP, hash, placeInLanes, ROW, type Grid, type Place } from "./place-in-lanes.ts";
import { makeTracks, TRACK, TRACKS, type Stretch, type Tracks } from "./tracks.ts";

/** Where the first row and column begin, whatever stands there; lines of the first row may pass above it. */
const ORIGIN: Point = { x: 0, y: -GAP };
/** Between two lanes, where lines go up and down. */
const GUTTER = 96;
/** Lanes are of one width, so that a longer name moves nothing; what does not fit is shortened. */
const WIDTH = 320;

/**
 * Lanes from the tables that others refer to on the left to those that refer most on the right. A new column moves no
 * table, and a new table hardly any. Good for a schema, a domain, or everything.
 */
export const layOutInLanes: LayOut = ({ nodes, edges }) => {
  const sizes = new Map(nodes.map((node) => [node.id, boxSize(node)]));
  const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 };
  const grid = placeInLanes(nodes, edges, ({ id }) => sizeOf(id).height);
  const boxes = nodes.map((node): Box => {
    const { lane, row } = grid.places.get(node.id) ?? { lane: 0, row: 0 };
    return { node, width: WIDTH, height: sizeOf(node.id).height, x: lane * (WIDTH + GUTTER), y: row * ROW };
  });
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const blocked = blockedRows(grid);
  const tracks = makeTracks();
  const lines = edges.flatMap((edge): readonly Line[] => {
    const child = byId.get(edge.from);
    const parent = byId.get(edge.to);
    if (!child || !parent) return [];
    return [lineBetween({ parent, child, edge, grid, blocked, tracks })];
  });
  return Promise.resolve(framed(boxes, lines, { origin: ORIGIN }));
};

interface Ends {
  readonly parent: Box;
  readonly child: Box;
  readonly edge: DiagramEdge;
  readonly grid: Grid;
  readonly blocked: readonly ReadonlySet<number>[];
  readonly tracks: Tracks;
}

/** From the referenced key's row to the referring column's row, through gutters and below boxes. */
function lineBetween({ parent, child, edge, grid, blocked, tracks }: Ends): Line {
  const key = parent.node.columns.find((column) => column.primary)?.name;
  const startY = parent.y + rowOffset(parent.node, key);
  const endY = child.y + rowOffset(child.node, edge.columns.at(-1));
  const from = grid.places.get(edge.to)?.lane ?? 0;
  const to = grid.places.get(edge.from)?.lane ?? 0;
  const start: Point = { x: to < from ? parent.x : parent.x + parent.width, y: startY };
  const end: Point = { x: to > from ? child.x : child.x + child.width, y: endY };
  const way = to < from ? -1 : 1;
  const [low, high] = [Math.min(from, to) + 1, Math.max(from, to) - 1];
  const isNear = to === from || low > high;
  const between = isNear ? 0 : passage(blocked.slice(low, high + 1), startY, endY);
  // Tracks count from the lane that a line leaves, and from the one where it arrives.
  const counted = (track: number, isRight: boolean): number => (isRight ? track : TRACKS - 1 - track);
  const stretches = (track: number): readonly Stretch[] => {
    const leaving = { gutter: way > 0 ? from : from - 1, track: counted(track, way > 0) };
    if (isNear) return [{ ...leaving, ends: [startY, endY] }];
    const arriving = { gutter: way > 0 ? to - 1 : to, track: counted(track, way < 0) };
    return [
      { ...leaving, ends: [startY, between] },
      { ...arriving, ends: [between, endY] },
    ];
  };
  const shift = tracks.take(edge.to, hash(`${edge.from} ${edge.columns.join()}`) % TRACKS, stretches) * TRACK;
  const leave = start.x + way * (20 + shift);
  if (isNear) return { edge, points: [start, { x: leave, y: startY }, { x: leave, y: endY }, end], shape: "corners" };
  const y = between - 3 - (shift % (GAP - 6));
  const arrive = end.x - way * (20 + shift);
  const points = [start, { x: leave, y: startY }, { x: leave, y }, { x: arrive, y }, { x: arrive, y: endY }, end];
  return { edge, points, shape: "corners" };
}

/** The bottom of the rows, between both ends or near them, where no box stands in any of the columns between. */
function passage(columns: readonly ReadonlySet<number>[], startY: number, endY: number): number {
  const nearest = Math.round((startY + endY) / 2 / ROW);
  for (let away = 0; ; away += 1) {
    for (const row of [nearest + away, nearest - away])
      if (!columns.some((blocked) => blocked.has(row))) return row * ROW;
  }
}

/** By lane, the tops of rows that a box of several rows covers. */
function blockedRows({ places, lanes }: Grid): readonly ReadonlySet<number>[] {
  const blocked = Array.from({ length: lanes }, () => new Set<number>());
  const cover = ({ lane, row, rows }: Place): void => {
    for (let next = row + 1; next < row + rows; next += 1) blocked[lane]?.add(next);
  };
  for (const place of places.values()) cover(place);
  return blocked;
}
