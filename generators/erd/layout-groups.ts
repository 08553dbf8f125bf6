import type { Diagram } from "./diagram.ts";
import type { Box, GroupFrame, LayOut, Layout, Line } from "./layout.ts";
import { layOutInLanes } from "./layout-lanes.ts";
import { lineBetween } from "./side-line.ts";

/** Height of a group's title inside its frame. */
export const GROUP_TITLE = 34;
const BETWEEN = 72;
const MARGIN = 16;
/** Width by height of a picture that fits a screen beside a list of pages. */
const SHAPE = 1.6;

/**
 * The tables of each group in lanes inside a frame of their own, and the frames in rows, the largest first. Lines
 * between groups go straight from box to box. `groupOf` gives the title of a table's group.
 */
export function layOutInGroups(groupOf: (id: string) => string): LayOut {
  return async (diagram) => {
    const parts = await Promise.all(partsOf(diagram, groupOf).map(laidOut));
    const placed = inRows(parts.toSorted((a, b) => b.layout.height - a.layout.height || (a.title < b.title ? -1 : 1)));
    const boxes = placed.flatMap(({ layout, x, y }) => layout.boxes.map((box) => moved(box, x, y + GROUP_TITLE)));
    const inner = placed.flatMap(({ layout, x, y }) => layout.lines.map((line) => movedLine(line, x, y + GROUP_TITLE)));
    const byId = new Map(boxes.map((box) => [box.node.id, box]));
    const outer = diagram.edges.flatMap((edge): Line[] => {
      const [parent, child] = [byId.get(edge.to), byId.get(edge.from)];
      if (!parent || !child || groupOf(edge.from) === groupOf(edge.to)) return [];
      return [lineBetween(parent, child, edge)];
    });
    const lines = [...inner, ...outer];
    const groups = placed.map(({ title, x, y, width, height }): GroupFrame => ({ title, x, y, width, height }));
    // A line around the right sides of two boxes may leave the frames.
    const right = Math.max(
      0,
      ...groups.map(({ x, width }) => x + width),
      ...outer.flatMap(({ points }) => points.map(({ x }) => x)),
    );
    const bottom = Math.max(0, ...groups.map(({ y, height }) => y + height));
    return { width: Math.ceil(right + MARGIN), height: Math.ceil(bottom + MARGIN), boxes, lines, groups };
  };
}

interface Part {
  readonly title: string;
  readonly layout: Layout;
  readonly width: number;
  readonly height: number;
}
interface PlacedPart extends Part {
  readonly x: number;
  readonly y: number;
}

function partsOf({ nodes, edges }: Diagram, groupOf: (id: string) => string): (Diagram & { readonly title: string })[] {
  return [...Map.groupBy(nodes, ({ id }) => groupOf(id))].map(([title, own]) => {
    const ids = new Set(own.map(({ id }) => id));
    return { title, nodes: own, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)), omitted: 0 };
  });
}

async function laidOut({ title, ...diagram }: Diagram & { readonly title: string }): Promise<Part> {
  const layout = await layOutInLanes(diagram);
  return { title, layout, width: layout.width, height: layout.height + GROUP_TITLE };
}

/** Of some widths the one whose rows come nearest to the shape of a screen. */
function inRows(parts: readonly Part[]): readonly PlacedPart[] {
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  let best: readonly PlacedPart[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let columns = 1; columns <= Math.max(1, parts.length); columns += 1) {
    const placed = rowsOf(parts, columns * (widest + BETWEEN));
    const width = Math.max(1, ...placed.map((part) => part.x + part.width));
    const height = Math.max(1, ...placed.map((part) => part.y + part.height));
    const away = Math.abs(Math.log(width / height / SHAPE));
    if (away < least) [best, least] = [placed, away];
  }
  return best;
}

function rowsOf(parts: readonly Part[], most: number): readonly PlacedPart[] {
  let [x, y, row] = [MARGIN, MARGIN, 0];
  return parts.map((part) => {
    if (x > MARGIN && x + part.width > most) [x, y, row] = [MARGIN, y + row + BETWEEN, 0];
    const placed = { ...part, x, y };
    x += part.width + BETWEEN;
    row = Math.max(row, part.height);
    return placed;
  });
}

function moved(box: Box, x: number, y: number): Box {
  return { ...box, x: box.x + x, y: box.y + y };
}

function movedLine(line: Line, x: number, y: number): Line {
  return { ...line, points: line.points.map((point) => ({ x: point.x + x, y: point.y + y })) };
}
