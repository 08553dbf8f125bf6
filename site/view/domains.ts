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

const WIDTH = 168;
const HEIGHT = 64;
/** Room for the line around a box. */
const MARGIN = 1;

export function domainPicture(catalog: Catalog): DomainPicture {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 72, marginx: MARGIN, marginy: MARGIN });
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
  const edges = keys.map((edge) => ({ ...edge, path: linePath(graph.edge(edge.from, edge.to).points ?? []) }));
  const { width = WIDTH, height = HEIGHT } = graph.graph();
  return { width: Math.ceil(width), height: Math.ceil(height), boxes, edges };
}

function sizeOf(catalog: Catalog, schema: string): number {
  return catalog.model.tables.filter((table) => table.schema === schema && !table.partitionOf).length;
}

function keysBetween(catalog: Catalog): { from: string; to: string; keys: number }[] {
  const counts = new Map<string, { from: string; to: string; keys: number }>();
  for (const [target, incoming] of catalog.incoming) {
    const to = catalog.relations.get(target)?.schema;
    if (to === undefined) continue;
    for (const { table } of incoming) {
      if (table.schema === to) continue;
      const key = JSON.stringify([table.schema, to]);
      const known = counts.get(key) ?? { from: table.schema, to, keys: 0 };
      counts.set(key, { ...known, keys: known.keys + 1 });
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

function linePath(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${Math.round(x)} ${Math.round(y)}`).join(" ");
}
