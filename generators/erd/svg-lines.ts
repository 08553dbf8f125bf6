import type { Cardinality } from "#schemas/keys.ts";
import type { Line, Point } from "./layout.ts";

const CORNER = 6;
/** How far the crow's foot reaches from the box. */
const FOOT = 10;

/** The path of a line. */
export function linePath({ points, shape }: Line): string {
  return shape === "curve" ? curve(points) : corners(points);
}

/**
 * The sign at one end of a line, as a path: a crow's foot for many, a bar for one, a circle for none. `next` is the
 * point the line goes to from this end, straight away from the box.
 */
export function footPath(end: Point, next: Point, cardinality: Cardinality): string {
  const length = Math.hypot(next.x - end.x, next.y - end.y) || 1;
  const [dx, dy] = [(next.x - end.x) / length, (next.y - end.y) / length];
  /** A point `out` pixels away from the box and `aside` pixels beside the line. */
  const at = (out: number, aside = 0) =>
    `${round(end.x + dx * out - dy * aside)} ${round(end.y + dy * out + dx * aside)}`;
  const bar = (out: number) => `M${at(out, -5)}L${at(out, 5)}`;
  const circle = `M${at(10)}A3.5 3.5 0 1 0 ${at(17)}A3.5 3.5 0 1 0 ${at(10)}`;
  const foot = `M${at(0, -5)}L${at(FOOT)}L${at(0, 5)}`;
  switch (cardinality) {
    case "exactly one":
      return bar(6) + bar(10);
    case "zero or one":
      return bar(6) + circle;
    case "one or more":
      return foot + bar(13);
    case "zero or more":
      return foot + circle;
    default:
      return cardinality satisfies never;
  }
}

/** At most one decimal, never `-0`: enough for the eye, and the same bytes everywhere. */
export function round(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

/** Horizontal where it passes a point, so that both ends leave their boxes straight. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return "";
  let path = `M${round(start.x)} ${round(start.y)}`;
  let from = start;
  for (const to of rest) {
    const middle = (from.x + to.x) / 2;
    path += `C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

function corners(points: readonly Point[]): string {
  const [start] = points;
  if (!start) return "";
  let path = `M${round(start.x)} ${round(start.y)}`;
  for (let at = 1; at < points.length; at += 1) {
    const point = points[at];
    const before = points[at - 1];
    const after = points[at + 1];
    if (!point || !before) continue;
    if (!after) {
      path += `L${round(point.x)} ${round(point.y)}`;
      continue;
    }
    const into = towards(point, before);
    const out = towards(point, after);
    path += `L${round(into.x)} ${round(into.y)}Q${round(point.x)} ${round(point.y)} ${round(out.x)} ${round(out.y)}`;
  }
  return path;
}

/** The point on the way from a corner to its neighbour where the rounding begins. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  if (length === 0) return corner;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}
