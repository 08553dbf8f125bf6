import type { DiagramEdge } from "./diagram.ts";
import { rowOffset, type Box, type Line, type Point } from "./layout.ts";

/** From the referenced key's row to the referring column's row, on the sides that face each other. */
export function lineBetween(parent: Box, child: Box, edge: DiagramEdge, bends: readonly Point[] = []): Line {
  const forward = child.x >= parent.x + parent.width;
  const backward = parent.x >= child.x + child.width;
  const key = parent.node.columns.find((column) => column.primary)?.name;
  const start = { x: backward ? parent.x : parent.x + parent.width, y: parent.y + rowOffset(parent.node, key) };
  const end = { x: forward ? child.x : child.x + child.width, y: child.y + rowOffset(child.node, edge.columns.at(-1)) };
  const leave = { x: start.x + (backward ? -20 : 20), y: start.y };
  const arrive = { x: end.x + (forward ? -20 : 20), y: end.y };
  if (!forward && !backward) {
    // One above the other: around their right sides.
    const x = Math.max(start.x, end.x) + 40;
    return { edge, points: [start, { x, y: start.y }, { x, y: end.y }, end], shape: "corners" };
  }
  const inner = bends.filter(({ x }) => x > Math.min(leave.x, arrive.x) && x < Math.max(leave.x, arrive.x));
  return { edge, points: [start, leave, ...inner, arrive, end], shape: "curve" };
}
