import { boxSize, framed, selfLine, type Box, type LayOut, type Line } from "./layout.ts";
import { lineBetween } from "./side-line.ts";

/** From left to right, referenced tables before referring ones. Good for a table and its neighbours. */
export const layOutWithDagre: LayOut = async ({ nodes, edges }) => {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 20, ranksep: 78, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, boxSize(node));
  const between = edges.filter((edge) => edge.from !== edge.to);
  for (const [at, edge] of between.entries()) graph.setEdge(edge.to, edge.from, {}, String(at));
  layout(graph);

  const placed = nodes.map((node) => {
    const { x = 0, y = 0 } = graph.node(node.id);
    return { node, ...boxSize(node), x, y };
  });
  // Boxes of one column have the same middle; made equally wide they have the same edges too.
  const widest = new Map<number, number>();
  for (const { x, width } of placed) widest.set(x, Math.max(width, widest.get(x) ?? 0));
  const boxes = placed.map(({ node, height, x, y, ...own }): Box => {
    const width = widest.get(x) ?? own.width;
    return { node, width, height, x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
  });
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const lines: Line[] = [];
  for (const [at, edge] of between.entries()) {
    const parent = byId.get(edge.to);
    const child = byId.get(edge.from);
    const bends = graph.edge(edge.to, edge.from, String(at)).points?.slice(1, -1) ?? [];
    // One bend is only the middle of a short line; more lead a long one around the boxes between its ends.
    if (parent && child) lines.push(lineBetween(parent, child, edge, bends.length > 1 ? bends : []));
  }
  for (const edge of edges) {
    const box = edge.from === edge.to ? byId.get(edge.from) : undefined;
    if (box) lines.push(selfLine(box, edge));
  }
  return framed(boxes, lines);
};
