import type { Diagram } from "#generators/erd/diagram.ts";
import { writeDiagramDbml } from "#generators/erd/diagram-dbml.ts";
import { writeMermaid } from "#generators/erd/mermaid.ts";
import { element } from "../element.ts";

export interface Exported {
  /** The file's name without its ending. */
  readonly name: string;
  /** The picture as a file of its own. */
  readonly svg: string;
  /** What the picture shows. */
  readonly diagram: Diagram;
  /** The same tables with all their columns. */
  readonly complete: Diagram;
}

export const EXPORT_KINDS = ["SVG", "PNG", "Mermaid", "DBML"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** Hands what is shown to the reader as a file. Colours of a PNG are those of the page, `theme` being an element of it. */
export async function exportDiagram(kind: ExportKind, exported: Exported, theme: Element): Promise<void> {
  const { name, svg, diagram, complete } = exported;
  const text = (type: string, content: string): Blob => new Blob([content], { type: `${type};charset=utf-8` });
  switch (kind) {
    case "SVG":
      return save(`${name}.svg`, text("image/svg+xml", svg));
    case "PNG":
      return save(`${name}.png`, await drawn(svg, theme));
    case "Mermaid":
      return save(`${name}.mmd`, text("text/plain", writeMermaid(diagram)));
    case "DBML":
      return save(`${name}.dbml`, text("text/plain", writeDiagramDbml(complete)));
    default:
      kind satisfies never;
  }
}

/** Browsers draw no larger canvas everywhere: 16,384 pixels a side, and 268 million in all (Safari has the least). */
const MOST_SIDE = 8192;
const MOST_PIXELS = 64_000_000;
/** Sharp on fine screens. */
const SCALE = 2;

async function drawn(svg: string, theme: Element): Promise<Blob> {
  const style = getComputedStyle(theme);
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const [width, height] = [Number(root.getAttribute("width")), Number(root.getAttribute("height"))];
  const colours = ["text", "dim", "card", "head", "line", "edge", "accent", "focus"].map((name) => `--qg-erd-${name}`);
  root.setAttribute("style", colours.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
  await image.decode();
  const scale = Math.min(SCALE, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw on. Save as SVG instead.");
  context.fillStyle = style.getPropertyValue("--sl-color-black");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => {
      if (blob) done(blob);
      else fail(new Error("The picture is too large to be drawn. Hide some tables, or save as SVG."));
    });
  });
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
