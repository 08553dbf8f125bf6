import type { ElkNode } from "elkjs/lib/elk-api.js";
import type { DiagramNode } from "./diagram.ts";
import { boxSize, framed, selfLine, type Box, type LayOut, type Line } from "./layout.ts";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.randomSeed": "1",
  "elk.aspectRatio": "1.6",
  "elk.spacing.nodeNode": "34",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.componentComponent": "44",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.layered.spacing.edgeNodeBetweenLayers": "24",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NONE",
} as const;

/** Room between the connected tables and the grid of the others, and between the boxes of the grid. */
const GRID_GAP = 48;
const CELL_GAP = 24;

/** In layers with right-angled lines; tables without a reference stand in a grid below. Good for a whole schema. */
export const layOutWithElk: LayOut = async ({ nodes, edges }) => {
  const related = new Set(edges.filter(({ from, to }) => from !== to).flatMap(({ from, to }) => [from, to]));
  const connected = await layered(
    nodes.filter((node) => related.has(node.id)),
    edges.filter(({ from, to }) => from !== to),
  );
  const alone = nodes.filter((node) => !related.has(node.id));
  const boxes = [...connected.boxes, ...grid(alone, connected.boxes, connected.lines)];
  const loops = edges
    .filter(({ from, to }) => from === to)
    .flatMap((edge) => boxes.filter((box) => box.node.id === edge.from).map((box) => selfLine(box, edge)));
  return framed(boxes, [...connected.lines, ...loops]);
};

async function layered(
  nodes: readonly DiagramNode[],
  edges: Parameters<LayOut>[0]["edges"],
): Promise<{ readonly boxes: readonly Box[]; readonly lines: readonly Line[] }> {
  if (nodes.length === 0) return { boxes: [], lines: [] };
  // A CommonJS module that exports its class twice; the types know the inner name only.
  const { default: elkjs } = await import("elkjs/lib/elk.bundled.js");
  const elk = new elkjs.default();
  const names = new Map(nodes.map((node, at) => [node.id, `n${at}`]));
  const nameOf = (id: string) => names.get(id) ?? "";
  const graph: ElkNode = {
    id: "root",
    layoutOptions: OPTIONS,
    children: nodes.map((node) => ({ id: nameOf(node.id), ...boxSize(node) })),
    edges: edges.map((edge, at) => ({ id: `e${at}`, sources: [nameOf(edge.to)], targets: [nameOf(edge.from)] })),
  };
  const done = await elk.layout(graph);
  const placed = new Map(done.children?.map((child) => [child.id, child]));
  const boxes = nodes.map((node): Box => {
    const { x = 0, y = 0 } = placed.get(nameOf(node.id)) ?? {};
    return { node, ...boxSize(node), x, y };
  });
  const lines = edges.flatMap((edge, at): readonly Line[] => {
    const section = done.edges?.find((one) => one.id === `e${at}`)?.sections?.[0];
    if (!section) return [];
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    return [{ edge, points, shape: "corners" }];
  });
  return { boxes, lines };
}

/** Rows of boxes no wider than the connected part, or about as wide as high when there is none. */
function grid(nodes: readonly DiagramNode[], above: readonly Box[], lines: readonly Line[]): readonly Box[] {
  const sizes = nodes.map((node) => ({ node, ...boxSize(node) }));
  const area = sizes.reduce((sum, { width, height }) => sum + (width + CELL_GAP) * (height + CELL_GAP), 0);
  const right = above.reduce((most, box) => Math.max(most, box.x + box.width), 0);
  const below = [...above.map((box) => box.y + box.height), ...lines.flatMap((line) => line.points.map(({ y }) => y))];
  const limit = Math.max(right, Math.sqrt(area * 1.6));
  const boxes: Box[] = [];
  let x = 0;
  let y = below.length === 0 ? 0 : below.reduce((most, at) => Math.max(most, at), 0) + GRID_GAP;
  let tallest = 0;
  for (const { node, width, height } of sizes) {
    if (x > 0 && x + width > limit) {
      x = 0;
      y += tallest + CELL_GAP;
      tallest = 0;
    }
    boxes.push({ node, x, y, width, height });
    x += width + CELL_GAP;
    tallest = Math.max(tallest, height);
  }
  return boxes;
}
