import { Graph, layout } from "@dagrejs/dagre";
import type { Catalog } from "./catalog.ts";
import { count } from "./relation-page.ts";

export interface DomainBox {
  readonly name: string;
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

const WIDTH = 136;
const HEIGHT = 56;
/** Room for the line around a box. */
const MARGIN = 1;

export function domainPicture(catalog: Catalog): DomainPicture {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const schemas = catalog.model.schemas.filter(({ name }) => sizeOf(catalog, name) > 0);
  for (const { name } of schemas) graph.setNode(name, { width: WIDTH, height: HEIGHT });
  const keys = keysBetween(catalog);
  for (const { from, to } of keys) graph.setEdge(from, to);
  layout(graph);
  const boxes = schemas.map(({ id, name }) => {
    const { x, y } = graph.node(name);
    const text = count(sizeOf(catalog, name), "table");
    return {
      name,
      path: catalog.routes.of("schema", id),
      text,
      x: x - WIDTH / 2,
      y: y - HEIGHT / 2,
      width: WIDTH,
      height: HEIGHT,
    };
  });
  const lines = keys.map((edge) => ({ edge, points: graph.edge(edge.from, edge.to).points ?? [] }));
  // Lines may leave the space that the layout counted for boxes.
  const points = lines.flatMap(({ points }) => points);
  return {
    width: Math.ceil(Math.max(...boxes.map(({ x }) => x + WIDTH), ...points.map(({ x }) => x), 0) + MARGIN),
    height: Math.ceil(Math.max(...boxes.map(({ y }) => y + HEIGHT), ...points.map(({ y }) => y), 0) + MARGIN),
    boxes,
    edges: lines.map(({ edge, points }) => ({ ...edge, path: linePath(points) })),
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

function linePath(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${Math.round(x)} ${Math.round(y)}`).join(" ");
}
