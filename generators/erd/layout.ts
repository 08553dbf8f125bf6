import { nodeLabel, type Diagram, type DiagramColumn, type DiagramEdge, type DiagramNode } from "./diagram.ts";
import { SIGNS } from "./mermaid.ts";
import { monospaceWidth, proportionalWidth, shortened } from "./text-width.ts";

export const HEADER_HEIGHT = 30;
export const ROW_HEIGHT = 20;
export const PADDING = 12;
export const HEADER_FONT = 13;
export const ROW_FONT = 11.5;
/** Room for `PK` or `FK` before a column's name. */
export const MARK_WIDTH = 26;
/** Longest name drawn in full; the whole name stays in the tooltip. */
export const LONGEST_NAME = 34;
const LONGEST_TYPE = 16;
const NARROWEST = 132;

/** A table as a box with its place. */
export interface Box {
  readonly node: DiagramNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A reference as a line from the referenced table to the referring one. Both ends leave their box straight. */
export interface Line {
  readonly edge: DiagramEdge;
  readonly points: readonly Point[];
  readonly shape: "curve" | "corners";
}
/** A frame around the tables of one group. */
export interface GroupFrame {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** Present when the tables stand in groups. */
  readonly groups?: readonly GroupFrame[];
}

/** A way to place boxes and lines. The same diagram gives the same layout. */
export type LayOut = (diagram: Diagram) => Promise<Layout>;

/** The size of a table's box. */
export function boxSize(node: DiagramNode): { readonly width: number; readonly height: number } {
  const { columns } = node;
  const header = proportionalWidth(boxLabel(node), HEADER_FONT) + 2 * PADDING;
  const rows = columns.map(
    (column) => MARK_WIDTH + monospaceWidth(`${columnName(column)}  ${columnType(column)}`, ROW_FONT) + 2 * PADDING,
  );
  return {
    width: Math.ceil(Math.max(NARROWEST, header, ...rows)),
    height: HEADER_HEIGHT + (columns.length === 0 ? 0 : columns.length * ROW_HEIGHT + 8),
  };
}

/** What stands in a box's header. */
export function boxLabel(node: DiagramNode): string {
  return (node.mark ? `${SIGNS[node.mark]} ` : "") + shortened(nodeLabel(node), LONGEST_NAME);
}

export function columnName({ name }: DiagramColumn): string {
  return shortened(name, LONGEST_NAME);
}

export function columnType({ type }: DiagramColumn): string {
  return shortened(type, LONGEST_TYPE);
}

/** Middle of a column's row, from the top of its box; the header's middle when the column is not shown. */
export function rowOffset({ columns }: DiagramNode, name: string | undefined): number {
  const at = columns.findIndex((column) => column.name === name);
  return at === -1 ? HEADER_HEIGHT / 2 : HEADER_HEIGHT + 4 + at * ROW_HEIGHT + ROW_HEIGHT / 2;
}

/** A line of a table to itself: out of its top and back, where no other line is. */
export function selfLine(box: Box, edge: DiagramEdge): Line {
  const right = box.x + box.width - 18;
  const left = right - 34;
  const above = box.y - 24;
  const points = [
    { x: left, y: box.y },
    { x: left, y: above },
    { x: right, y: above },
    { x: right, y: box.y },
  ];
  return { edge, points, shape: "corners" };
}

export interface Frame {
  readonly margin?: number;
  /** What lies at the margin; the leftmost and uppermost point when absent. */
  readonly origin?: Point;
}

/** Moves everything so that it starts at the margin, and says how large it is. */
export function framed(boxes: readonly Box[], lines: readonly Line[], { margin = 16, origin }: Frame = {}): Layout {
  const xs = [
    ...boxes.flatMap((box) => [box.x, box.x + box.width]),
    ...lines.flatMap((line) => line.points.map(({ x }) => x)),
  ];
  const ys = [
    ...boxes.flatMap((box) => [box.y, box.y + box.height]),
    ...lines.flatMap((line) => line.points.map(({ y }) => y)),
  ];
  const left = (origin?.x ?? least(xs)) - margin;
  const top = (origin?.y ?? least(ys)) - margin;
  return {
    width: Math.ceil(most(xs) - left + margin),
    height: Math.ceil(most(ys) - top + margin),
    boxes: boxes.map((box) => ({ ...box, x: box.x - left, y: box.y - top })),
    lines: lines.map((line) => ({ ...line, points: line.points.map(({ x, y }) => ({ x: x - left, y: y - top })) })),
  };
}

// Spreading thousands of numbers into Math.min overflows the stack.
function least(numbers: readonly number[]): number {
  let found = numbers[0] ?? 0;
  for (const number of numbers) found = Math.min(found, number);
  return found;
}
function most(numbers: readonly number[]): number {
  let found = numbers[0] ?? 0;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}
