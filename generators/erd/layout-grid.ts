import { boxSize, framed, selfLine, type Box, type LayOut, type Line } from "./layout.ts";
import { lineBetween } from "./side-line.ts";

const BESIDE = 88;
const BELOW = 40;
/** Width by height of a picture that fits a screen beside a list of pages. */
const SHAPE = 1.6;

/**
 * Boxes of one width in rows, in their given order, as wide as a screen. Good for an overview in which everything refers
 * to everything, where lanes would make one tall column.
 */
export const layOutInGrid: LayOut = ({ nodes, edges }) => {
  const sizes = nodes.map(boxSize);
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const height = Math.max(0, ...sizes.map((size) => size.height));
  const columns = Math.max(1, Math.round(Math.sqrt((nodes.length * SHAPE * (height + BELOW)) / (width + BESIDE || 1))));
  const boxes = nodes.map((node, at): Box => ({
    node,
    width,
    height: sizes[at]?.height ?? 0,
    x: (at % columns) * (width + BESIDE),
    y: Math.floor(at / columns) * (height + BELOW),
  }));
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const lines = edges.flatMap((edge): Line[] => {
    const [parent, child] = [byId.get(edge.to), byId.get(edge.from)];
    if (!parent || !child) return [];
    return [parent === child ? selfLine(parent, edge) : lineBetween(parent, child, edge)];
  });
  return Promise.resolve(framed(boxes, lines));
};
