import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { openElements } from "#test/support/well-formed.ts";
import { diagramOf, neighbourhood, schemaDiagram, type Diagram } from "./diagram.ts";
import type { LayOut } from "./layout.ts";
import { layOutWithDagre } from "./layout-dagre.ts";
import { layOutInLanes } from "./layout-lanes.ts";
import { writeSvg } from "./svg.ts";

const index = indexModel(shopModel);
const options = { id: "erd", title: "Orders & <more>", description: "…", href: (id: string) => `../${id}.md?a&b` };

async function check(diagram: Diagram, layOut: LayOut): Promise<void> {
  const svg = writeSvg(await layOut(diagram), options);
  expect(openElements(svg)).toEqual([]);
  expect(svg.match(/<a href=/g)?.length ?? 0).toBe(diagram.nodes.length);
  expect(svg.match(/<g[^>]*><title>[^<]* refers to /g)?.length ?? 0).toBe(diagram.edges.length);
  expect(svg).toBe(writeSvg(await layOut(diagram), options));
  expect(svg).not.toMatch(/NaN|undefined|-0\b|\.\d\d|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
}

const hostile = hostileModel();
const everyHostile = diagramOf(
  indexModel(hostile),
  hostile.tables.map(({ id }) => id),
  { columns: "all" },
);

test.each<readonly [string, Diagram]>([
  ["a table and its neighbours", neighbourhood(index, "sales.orders")],
  ["a cycle", neighbourhood(index, "sales.customers")],
  ["a table that refers to itself", neighbourhood(index, "sales.products")],
  ["a schema", schemaDiagram(index, "sales")],
  ["tables without references", schemaDiagram(index, "ops")],
  ["no table", diagramOf(index, [])],
  ["hostile names", everyHostile],
])("draws %s as well-formed SVG, twice the same", async (_name, diagram) => {
  await check(diagram, layOutWithDagre);
  await check(diagram, layOutInLanes);
});

test.each([
  ["dagre", layOutWithDagre],
  ["lanes", layOutInLanes],
])("%s lets no boxes overlap", async (_name, layOut) => {
  const { boxes, width, height } = await layOut(schemaDiagram(index, "sales"));
  for (const [at, one] of boxes.entries()) {
    expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(true);
    const over = boxes.slice(at + 1).filter((two) => {
      const beside = one.x + one.width <= two.x || two.x + two.width <= one.x;
      return !beside && one.y + one.height > two.y && two.y + two.height > one.y;
    });
    expect(over).toEqual([]);
  }
});

test("a neighbourhood is cut to what can be read", () => {
  expect(neighbourhood(index, "sales.orders", { limit: 3 })).toMatchObject({ omitted: 2, nodes: { length: 3 } });
});
