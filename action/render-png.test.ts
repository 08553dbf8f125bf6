import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { diagramOf, type Diagram } from "#generators/erd/diagram.ts";
import { layOutInLanes } from "#generators/erd/layout-lanes.ts";
import { writeSvg } from "#generators/erd/svg.ts";
import { indexModel } from "#schemas/model-index.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { renderPng } from "./render-png.ts";

const options = { id: "erd", title: "Orders", description: "…", href: () => undefined, plain: true };
const whole = (model: typeof shopModel): Diagram =>
  diagramOf(
    indexModel(model),
    model.tables.map(({ id }) => id),
    { columns: "all" },
  );

interface Png {
  readonly width: number;
  readonly height: number;
  /** How many different colours the pixels have. */
  readonly colours: number;
}

/** Reads a PNG of 8 bits and four channels, and checks the sum of each of its parts. */
function readPng(bytes: Uint8Array): Png {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(Array.from(bytes.subarray(0, 8))).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const data: Uint8Array[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const name = new TextDecoder().decode(bytes.slice(at + 4, at + 8));
    expect(crc32(bytes.slice(at + 4, at + 8 + length))).toBe(view.getUint32(at + 8 + length));
    if (name === "IDAT") data.push(bytes.slice(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const pixels = inflateSync(Buffer.concat(data));
  expect(pixels.length).toBe(height * (1 + width * 4));
  const colours = new Set<number>();
  for (let at = 0; at + 4 <= pixels.length; at += 4) colours.add(pixels.readUInt32BE(at));
  return { width, height, colours: colours.size };
}

test("a picture is twice as large as its SVG, has text in it, and is the same twice", async () => {
  const layout = await layOutInLanes(whole(shopModel));
  const svg = writeSvg(layout, options);
  const png = await renderPng(svg);
  const read = readPng(png);
  expect([read.width, read.height]).toEqual([Math.ceil(layout.width * 2), Math.ceil(layout.height * 2)]);
  expect(read.colours).toBeGreaterThan(200);
  expect(Buffer.compare(png, await renderPng(svg))).toBe(0);
});

test("without fonts and colours of its own a picture would be drawn by chance: no variable is left in it", async () => {
  const svg = writeSvg(await layOutInLanes(whole(shopModel)), options);
  expect(svg).not.toMatch(/var\(|@media|:hover/);
});

test("hostile names are drawn too", async () => {
  const png = await renderPng(writeSvg(await layOutInLanes(whole(hostileModel())), options));
  expect(readPng(png).colours).toBeGreaterThan(200);
});

test("a very large picture is drawn small enough to be opened", async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="10"><title>long</title></svg>`;
  expect(readPng(await renderPng(svg))).toMatchObject({ width: 8000 });
});
