import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { shopModel } from "#test/support/shop.ts";
import { siteDomains } from "../site-data/site-domains.ts";
import { domainDiagram } from "./domain-diagram.ts";
import { layOutInGrid } from "./layout-grid.ts";

const index = indexModel(shopModel());
const database = { viewpoints: [], labels: {}, domains: [] };
const diagram = domainDiagram(index, siteDomains(index, { database, queries: [], isGrouped: true }));

test("boxes stand in rows, apart from each other, and every line is drawn", async () => {
  const { boxes, lines, width, height } = await layOutInGrid(diagram);
  expect(boxes.map(({ node }) => node.id)).toEqual(diagram.nodes.map(({ id }) => id));
  expect(lines).toHaveLength(diagram.edges.length);
  expect(new Set(boxes.map(({ y }) => y)).size).toBeGreaterThan(1);
  expect(width / height).toBeGreaterThan(1);
  const overlaps = boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
  );
  expect(overlaps).toEqual([]);
});

test("no box is no picture", async () => {
  expect(await layOutInGrid({ nodes: [], edges: [], omitted: 0 })).toMatchObject({ boxes: [], lines: [] });
});
