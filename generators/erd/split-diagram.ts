import type { ObjectId } from "#schemas/object-id.ts";
import type { Diagram } from "./diagram.ts";
import { writeMermaid } from "./mermaid.ts";

/** GitHub refuses a larger Mermaid text (Mermaid's maxTextSize); we stay below with room to spare. */
export const MERMAID_CHARACTERS = 50_000;
/** Mermaid refuses more lines (maxEdges). */
export const MERMAID_EDGES = 500;
/** More boxes than these are not readable on a page. */
export const MERMAID_TABLES = 40;

export interface DiagramParts {
  readonly parts: readonly Diagram[];
  /** Lines between tables of different parts, which no part can show. */
  readonly cut: number;
}

/** Parts that Mermaid and a reader can take; tables that belong together stay together where they can. */
export function splitDiagram(diagram: Diagram, limit: number = MERMAID_TABLES): DiagramParts {
  if (fitsMermaid(diagram, limit)) return { parts: diagram.nodes.length === 0 ? [] : [diagram], cut: 0 };
  const order = connectedOrder(diagram);
  const chunks: ObjectId[][] = [];
  for (const component of order) {
    const open = chunks.at(-1);
    if (open && open.length + component.length <= limit && canTake(diagram, [...open, ...component], limit)) {
      open.push(...component);
      continue;
    }
    chunks.push(...slices(diagram, component, limit));
  }
  const parts = chunks.map((ids) => partOf(diagram, new Set(ids)));
  const shown = parts.reduce((count, part) => count + part.edges.length, 0);
  return { parts, cut: diagram.edges.length - shown };
}

/** Whether one Mermaid text can hold the diagram on GitHub. */
export function fitsMermaid(diagram: Diagram, limit: number = MERMAID_TABLES): boolean {
  if (diagram.nodes.length > limit || diagram.edges.length >= MERMAID_EDGES) return false;
  return writeMermaid(diagram).length < MERMAID_CHARACTERS;
}

function canTake(diagram: Diagram, ids: readonly ObjectId[], limit: number): boolean {
  return fitsMermaid(partOf(diagram, new Set(ids)), limit);
}

/** Halves a component until each half fits; a single table always stays, columns dropped when even it is too large. */
function slices(diagram: Diagram, ids: readonly ObjectId[], limit: number): ObjectId[][] {
  if (ids.length <= 1 || canTake(diagram, ids, limit)) return [[...ids]];
  const middle = ids.length > limit ? Math.min(limit, Math.ceil(ids.length / 2)) : Math.ceil(ids.length / 2);
  return [...slices(diagram, ids.slice(0, middle), limit), ...slices(diagram, ids.slice(middle), limit)];
}

function partOf(diagram: Diagram, ids: ReadonlySet<ObjectId>): Diagram {
  const nodes = diagram.nodes.filter((node) => ids.has(node.id));
  const edges = diagram.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  const part = { nodes, edges: edges.slice(0, MERMAID_EDGES - 1), omitted: 0 };
  if (nodes.length > 1 || writeMermaid(part).length < MERMAID_CHARACTERS) return part;
  return { ...part, nodes: nodes.map((node) => ({ ...node, columns: [] })) };
}

/** Connected tables together, each component in breadth-first order from its most connected table; large ones first. */
function connectedOrder({ nodes, edges }: Diagram): readonly (readonly ObjectId[])[] {
  const around = new Map<ObjectId, ObjectId[]>(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) {
    around.get(from)?.push(to);
    around.get(to)?.push(from);
  }
  const seen = new Set<ObjectId>();
  const components: ObjectId[][] = [];
  const starts = nodes.map((node) => node.id).sort((left, right) => byDegree(around, left, right));
  for (const start of starts) {
    if (seen.has(start)) continue;
    const component = [start];
    seen.add(start);
    for (const id of component) {
      for (const next of around.get(id) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    components.push(component);
  }
  return components.sort((left, right) => right.length - left.length);
}

function byDegree(around: ReadonlyMap<ObjectId, readonly ObjectId[]>, left: ObjectId, right: ObjectId): number {
  const degrees = (around.get(right)?.length ?? 0) - (around.get(left)?.length ?? 0);
  if (degrees !== 0) return degrees;
  return left < right ? -1 : 1;
}
