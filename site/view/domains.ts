import { Graph, layout } from "@dagrejs/dagre";
import { fitted, proportionalWidth } from "#generators/erd/text-width.ts";
import type { Catalog } from "./catalog.ts";
import { count, schemaReference } from "./relation-page.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}
export interface DomainBox {
  readonly name: string;
  /** The name as far as the box has room for it. */
  readonly label: string;
  readonly path: string | null;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface DomainEdge {
  readonly from: string;
  readonly to: string;
  readonly keys: number;
  /** Path data of an SVG path. */
  readonly path: string;
}
/** The schemas as boxes and the foreign keys between them as lines, in SVG user units. */
export interface DomainPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly DomainBox[];
  readonly edges: readonly DomainEdge[];
}

const WIDTH = 152;
const HEIGHT = 56;
const GAP = 24;
/** Room for the line around a box. */
const MARGIN = 1;
/** At both ends of a name. */
const PADDING = 12;
/** More lines between so few boxes cross each other until nothing can be read; the diagram of everything has them. */
const LINES_AT_ONCE = 40;
/** Boxes beside each other where no line says where they stand: as many as a page is wide. */
const ROW = 4;

export function domainPicture(catalog: Catalog): DomainPicture {
  const all = keysBetween(catalog);
  const keys = all.length > LINES_AT_ONCE ? [] : all;
  const names = catalog.model.schemas.map(({ name }) => name).filter((name) => sizeOf(catalog, name) > 0);
  const isJoined = (name: string): boolean => keys.some(({ from, to }) => from === name || to === name);
  const places = layOut(names.filter(isJoined), keys);
  const lines = keys.map((edge) => ({ ...edge, points: places.line(edge.from, edge.to) }));
  const bottom = Math.max(0, ...lines.flatMap(({ points }) => points.map(({ y }) => y)), ...places.bottoms);
  const alone = names.filter((name) => !isJoined(name));
  const boxes = names.map((name): DomainBox => {
    const at = alone.indexOf(name);
    const corner = at === -1 ? places.corner(name) : besides(at, bottom);
    return {
      name,
      label: fitted(name, WIDTH - 2 * PADDING, labelWidth),
      path: schemaReference(catalog, name).path,
      text: count(sizeOf(catalog, name), "table"),
      ...corner,
      width: WIDTH,
      height: HEIGHT,
    };
  });
  const points = lines.flatMap(({ points }) => points);
  return {
    width: Math.ceil(Math.max(0, ...boxes.map(({ x }) => x + WIDTH), ...points.map(({ x }) => x)) + MARGIN),
    height: Math.ceil(Math.max(bottom, ...boxes.map(({ y }) => y + HEIGHT)) + MARGIN),
    boxes,
    edges: lines.map(({ points, ...edge }) => ({ ...edge, path: linePath(points) })),
  };
}

/** Schemas that no line joins stand in rows of their own below the others. */
function besides(at: number, bottom: number): Point {
  const top = bottom === 0 ? MARGIN : bottom + GAP;
  return { x: MARGIN + (at % ROW) * (WIDTH + GAP), y: top + Math.floor(at / ROW) * (HEIGHT + GAP) };
}

/** In the size that the picture writes names in. */
const labelWidth = (text: string): number => proportionalWidth(text, 14);

interface Places {
  corner(name: string): Point;
  line(from: string, to: string): readonly Point[];
  readonly bottoms: readonly number[];
}

function layOut(names: readonly string[], keys: readonly { readonly from: string; readonly to: string }[]): Places {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: GAP, ranksep: 2 * GAP, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of names) graph.setNode(name, { width: WIDTH, height: HEIGHT });
  for (const { from, to } of keys) graph.setEdge(from, to);
  if (names.length > 0) layout(graph);
  return {
    corner: (name) => ({ x: graph.node(name).x - WIDTH / 2, y: graph.node(name).y - HEIGHT / 2 }),
    line: (from, to) => graph.edge(from, to).points ?? [],
    bottoms: names.map((name) => graph.node(name).y + HEIGHT / 2),
  };
}

function sizeOf(catalog: Catalog, schema: string): number {
  return catalog.model.tables.filter((table) => table.schema === schema && !table.partitionOf).length;
}

/** How many foreign keys join two schemas, whichever way they point: the picture shows what belongs together. */
function keysBetween(catalog: Catalog): { from: string; to: string; keys: number }[] {
  const counts = new Map<string, { from: string; to: string; keys: number }>();
  for (const [target, incoming] of catalog.incoming) {
    const other = catalog.relations.get(target)?.schema;
    if (other === undefined) continue;
    for (const { table } of incoming) {
      if (table.schema === other) continue;
      const [from = "", to = ""] = [table.schema, other].sort();
      const key = JSON.stringify([from, to]);
      counts.set(key, { from, to, keys: (counts.get(key)?.keys ?? 0) + 1 });
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

/** A line that bends softly: through the middles between the points, with the points to pull at it. */
function linePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return "";
  const bends = rest.map((point, at) => {
    const next = rest[at + 1];
    const end = next ? { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 } : last;
    return `Q${round(point)} ${round(end)}`;
  });
  return [`M${round(first)}`, ...(bends.length > 0 ? bends : [`L${round(last)}`])].join(" ");
}

function round({ x, y }: Point): string {
  return `${Math.round(x)} ${Math.round(y)}`;
}
