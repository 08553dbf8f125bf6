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
  const at = (out: number, aside = 0): Point => ({
    x: end.x + dx * out - dy * aside,
    y: end.y + dy * out + dx * aside,
  });
  const bar = (out: number) => pen(at(out, -5)).line(at(out, 5)).path();
  const circle = () => pen(at(10)).halfCircle(at(17)).halfCircle(at(10)).path();
  const foot = () => pen(at(0, -5)).line(at(FOOT)).line(at(0, 5)).path();
  switch (cardinality) {
    case "exactly one":
      return bar(6) + bar(10);
    case "zero or one":
      return bar(6) + circle();
    case "one or more":
      return foot() + bar(13);
    case "zero or more":
      return foot() + circle();
    default:
      return cardinality satisfies never;
  }
}

/** Writes a path in steps from where it is: half as long as places, which a page with many lines repeats. */
interface Pen {
  line(to: Point): Pen;
  bend(corner: Point, to: Point): Pen;
  curve(first: Point, second: Point, to: Point): Pen;
  halfCircle(to: Point): Pen;
  path(): string;
}

function pen(start: Point): Pen {
  // In tenths of a pixel, so that steps do not add up what rounding took.
  let here = tenths(start);
  const written = [`M${round(start.x)} ${round(start.y)}`];
  const step = (to: Point): string => numbers([tenths(to).x - here.x, tenths(to).y - here.y]);
  const draw = (text: string, to: Point): Pen => {
    written.push(text);
    here = tenths(to);
    return made;
  };
  const made: Pen = {
    line(to) {
      const [x, y] = [tenths(to).x - here.x, tenths(to).y - here.y];
      if (x === 0 && y === 0) return made;
      if (y === 0) return draw(`h${numbers([x])}`, to);
      return draw(x === 0 ? `v${numbers([y])}` : `l${step(to)}`, to);
    },
    bend: (corner, to) => draw(`q${join([step(corner), step(to)])}`, to),
    curve: (first, second, to) => draw(`c${join([step(first), step(second), step(to)])}`, to),
    halfCircle: (to) => draw(`a3.5 3.5 0 1 0${join(["", step(to)])}`, to),
    path: () => written.join(""),
  };
  return made;
}

const tenths = ({ x, y }: Point): Point => ({ x: Math.round(x * 10), y: Math.round(y * 10) });
const numbers = (values: readonly number[]): string => join(values.map((value) => round(value / 10)));

/** A minus parts numbers by itself. */
function join(parts: readonly string[]): string {
  return parts.map((part, at) => (at === 0 || part.startsWith("-") ? part : ` ${part}`)).join("");
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
  const drawn = pen(start);
  let from = start;
  for (const to of rest) {
    const middle = (from.x + to.x) / 2;
    if (from.y === to.y) drawn.line(to);
    else drawn.curve({ x: middle, y: from.y }, { x: middle, y: to.y }, to);
    from = to;
  }
  return drawn.path();
}

function corners(points: readonly Point[]): string {
  const [start] = points;
  if (!start) return "";
  const drawn = pen(start);
  for (let at = 1; at < points.length; at += 1) {
    const point = points[at];
    const before = points[at - 1];
    const after = points[at + 1];
    if (!point || !before) continue;
    if (after) drawn.line(towards(point, before)).bend(point, towards(point, after));
    else drawn.line(point);
  }
  return drawn.path();
}

/** The point on the way from a corner to its neighbour where the rounding begins. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  if (length === 0) return corner;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}
