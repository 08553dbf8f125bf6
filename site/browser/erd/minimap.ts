import type { Layout } from "#generators/erd/layout.ts";
import type { Rect } from "../../view/viewport.ts";

const SVG = "http://www.w3.org/2000/svg";

export interface Minimap {
  readonly element: SVGSVGElement;
  /** Draws the boxes of a new picture. */
  show(layout: Layout): void;
  /** Marks what is in sight. */
  mark(view: Rect): void;
}

/** The whole picture in small, with what is in sight. A press or a drag moves there; the keyboard has its own ways. */
export function minimap(onMove: (middle: { readonly x: number; readonly y: number }) => void): Minimap {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("class", "minimap");
  element.ariaHidden = "true";
  const boxes = document.createElementNS(SVG, "path");
  boxes.setAttribute("class", "boxes");
  const sight = document.createElementNS(SVG, "rect");
  sight.setAttribute("class", "sight");
  element.append(boxes, sight);
  const move = (event: PointerEvent): void => {
    const matrix = element.getScreenCTM()?.inverse();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    onMove({ x, y });
  };
  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    move(event);
  });
  element.addEventListener("pointermove", (event) => element.hasPointerCapture(event.pointerId) && move(event));
  return {
    element,
    show({ width, height, boxes: placed }) {
      element.setAttribute("viewBox", `0 0 ${width} ${height}`);
      boxes.setAttribute(
        "d",
        placed.map((box) => `M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z`).join(""),
      );
    },
    mark({ x, y, width, height }) {
      for (const [name, value] of Object.entries({ x, y, width, height })) sight.setAttribute(name, String(value));
    },
  };
}
