import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { DrawPng } from "#generators/erd/draw-png.ts";
import { readPacked } from "#schemas/replay/packed-file.ts";

/** Twice the size of the SVG, so that text is sharp on today's screens. */
const ZOOM = 2;
/** Viewers and browsers refuse much larger pictures. */
const LONGEST_SIDE = 8000;
/** Proportional and monospaced, the ones that boxes have been measured for; with Greek, Cyrillic and Arabic. */
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"];

let ready: Promise<Drawer> | undefined;

interface Drawer {
  readonly Resvg: typeof import("@resvg/resvg-wasm").Resvg;
  readonly fonts: readonly Uint8Array[];
}

/** Draws an SVG of ours as PNG, in WebAssembly and with fonts of our own: the same bytes on every machine. */
export const renderPng: DrawPng = async (svg) => {
  ready ??= load();
  const { Resvg, fonts } = await ready;
  const drawing = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: Math.min(ZOOM, LONGEST_SIDE / longestSide(svg)) },
    font: {
      fontBuffers: [...fonts],
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
      monospaceFamily: "DejaVu Sans Mono",
    },
  });
  try {
    const image = drawing.render();
    const bytes = image.asPng();
    image.free();
    return bytes;
  } finally {
    drawing.free();
  }
};

async function load(): Promise<Drawer> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const { resolve } = createRequire(import.meta.url);
  await initWasm(await readPacked(join(dirname(resolve("@resvg/resvg-wasm")), "index_bg.wasm")));
  const folder = join(dirname(resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const fonts = await Promise.all(FONTS.map((name) => readPacked(join(folder, name))));
  return { Resvg, fonts };
}

/** Our SVGs begin with their size. */
function longestSide(svg: string): number {
  const [, width = "1", height = "1"] = /^<svg [^>]*?width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  return Math.max(Number(width), Number(height), 1);
}
