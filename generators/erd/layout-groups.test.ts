import { describe, expect, it } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { shopModel } from "#test/support/shop.ts";
import { diagramOf } from "./diagram.ts";
import { GROUP_TITLE, layOutInGroups } from "./layout-groups.ts";
import { writeSvg } from "./svg.ts";

const model = shopModel();
const diagram = diagramOf(
  indexModel(model),
  model.tables.filter(({ partitionOf }) => !partitionOf).map(({ id }) => id),
);
const schemaOf = (id: string) => id.split(".")[0] ?? "";

describe("layOutInGroups", () => {
  it("puts each table inside the frame of its group, and no frame on another", async () => {
    const { boxes, groups = [], width, height } = await layOutInGroups(schemaOf)(diagram);
    expect(groups.map(({ title }) => title).sort()).toEqual(
      [...new Set(boxes.map(({ node }) => schemaOf(node.id)))].sort(),
    );
    for (const box of boxes) {
      const frame = groups.find(({ title }) => title === schemaOf(box.node.id));
      if (!frame) throw new Error(`${box.node.id} has no frame.`);
      expect(box.x).toBeGreaterThanOrEqual(frame.x);
      expect(box.y).toBeGreaterThanOrEqual(frame.y + GROUP_TITLE);
      expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
      expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
    }
    for (const one of groups) {
      expect(one.x + one.width).toBeLessThanOrEqual(width);
      expect(one.y + one.height).toBeLessThanOrEqual(height);
      for (const other of groups) {
        if (one === other) continue;
        const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
        const isAbove = one.y + one.height <= other.y || other.y + other.height <= one.y;
        expect(isBeside || isAbove, `${one.title} lies on ${other.title}`).toBe(true);
      }
    }
  });
  it("draws every line, also those from one group to another", async () => {
    const { lines } = await layOutInGroups(schemaOf)(diagram);
    expect(lines).toHaveLength(diagram.edges.length);
  });
  it("writes a frame's title as text, and marks what stands for which table", async () => {
    const hostile = `<img src=x onerror="alert(1)">`;
    const layout = await layOutInGroups(() => hostile)(diagram);
    const svg = writeSvg(layout, { id: "g", title: "t", description: "d", href: () => undefined, hasIds: true });
    expect(svg).not.toContain("<img");
    expect(svg).toContain("&lt;img");
    expect(svg).toContain('data-table="sales.orders"');
    expect(svg).toContain('data-from="sales.order_lines" data-to="sales.orders"');
  });
});
