import * as fc from "fast-check";
import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import type { SourceRef } from "#schemas/source.ts";
import { shopModel } from "#test/support/shop.ts";
import { diagramOf, schemaDiagram, type Diagram, type DiagramEdge, type DiagramNode } from "./diagram.ts";
import { lanesOf } from "./lanes.ts";
import { layOutInLanes } from "./layout-lanes.ts";
import { writeSvg } from "./svg.ts";

const index = indexModel(shopModel());
const key = { name: "id", type: "bigint", primary: true, foreign: false, unique: false };

const box = (id: string, columns = [key]): DiagramNode => ({ id, name: id, columns, focus: false });
const line = (from: string, to: string): DiagramEdge => ({
  from,
  to,
  columns: ["id"],
  cardinality: { from: "zero or more", to: "exactly one" },
  identifying: false,
});

async function placesOf(diagram: Diagram): Promise<ReadonlyMap<string, string>> {
  const { boxes } = await layOutInLanes(diagram);
  return new Map(boxes.map(({ node, x, y }) => [node.id, `${x} ${y}`]));
}

/** The share of tables that stand elsewhere after a change. */
async function moved(before: Diagram, after: Diagram): Promise<number> {
  const [old, now] = [await placesOf(before), await placesOf(after)];
  return [...old].filter(([id, place]) => now.get(id) !== place).length / old.size;
}

const schemas = ["catalog", "people", "sales", "stock", "support"];

test.each(schemas)("a new column of %s moves no table", async (schema) => {
  const before = schemaDiagram(index, schema);
  const model = shopModel();
  const tables = model.tables.map((table) => {
    const [last] = table.columns.slice(-1);
    const extra = last && { ...last, id: `${table.id}.remark`, name: "remark", position: last.position + 1 };
    return extra ? { ...table, columns: [...table.columns, extra] } : table;
  });
  expect(await moved(before, schemaDiagram(indexModel({ ...model, tables }), schema))).toBe(0);
});

/** What a new table refers to: nothing, some table, two of them, the one that most refer to, itself. */
const shapes: Readonly<Record<string, (id: string, nodes: readonly string[], hub: string) => readonly string[]>> = {
  alone: () => [],
  "a reference": (_, nodes) => nodes.slice(0, 1),
  "a junction": (_, nodes) => nodes.slice(0, 2),
  "a reference to the hub": (_, nodes, hub) => [hub, ...nodes.slice(0, 1).filter((one) => one !== hub)],
  "a reference to itself": (id, nodes) => [id, ...nodes.slice(0, 1)],
};

/** How much of each picture moves when one table is added at a place, for many tables of each shape. */
async function sharesMoved(made: SourceRef, change: (diagram: Diagram) => Diagram = (one) => one) {
  const all = diagramOf(
    index,
    index.model.tables.map(({ id }) => id),
  );
  const shares: number[] = [];
  for (const diagram of [...schemas.map((schema) => schemaDiagram(index, schema)), all].map(change)) {
    const weight = (id: string) => diagram.edges.filter(({ to }) => to === id).length;
    const [hub = ""] = diagram.nodes.map(({ id }) => id).sort((a, b) => weight(b) - weight(a));
    for (let number = 0; number < 30; number += 1) {
      const id = `sales.new_table_${number}`;
      const isParent = (at: number): boolean => (at * 7919 + number * 104_729) % diagram.nodes.length < 2;
      const parents = diagram.nodes.filter((_, at) => isParent(at)).map((node) => node.id);
      const shape = Object.values(shapes)[number % Object.keys(shapes).length];
      const edges = (shape?.(id, parents, hub) ?? []).map((parent) => line(id, parent));
      const nodes = [{ ...box(id), made }, ...diagram.nodes];
      shares.push(await moved(diagram, { ...diagram, nodes, edges: [...edges, ...diagram.edges] }));
    }
  }
  return shares;
}

const at = (file: string, number = 1): SourceRef => ({ file, line: number, column: 1 });

/** All tables made by one file, in their order, a line apart. */
const inOneFile = (diagram: Diagram): Diagram => ({
  ...diagram,
  nodes: diagram.nodes.map((node, place) => ({ ...node, made: at("schema.sql", 10 * (place + 1)) })),
});

test("a table of a new migration moves no other", async () =>
  expect(new Set(await sharesMoved(at("migrations/0100_new.sql")))).toEqual(new Set([0])));

test("a table at the end of one file with all others moves no other", async () =>
  expect(new Set(await sharesMoved(at("schema.sql", 9999), inOneFile))).toEqual(new Set([0])));

test("a table put between all others seldom moves more than a fifth of them", async () => {
  const shares = (
    await Promise.all([1, 15, 25, 40, 55].map((number) => sharesMoved(at("schema.sql", number), inOneFile)))
  ).flat();
  const over = shares.filter((share) => share > 0.2).length / shares.length;
  // Measured: 0.02, most of it in the picture of four tables, where one is a fourth.
  expect(over).toBeLessThan(0.03);
});

test("a name longer than a box moves nothing and is drawn shortened", async () => {
  const before = schemaDiagram(index, "sales");
  const long = { ...key, name: "a_reference_that_says_it_all", type: "timestamp with time zone" };
  const after = { ...before, nodes: before.nodes.map((node, place) => (place === 0 ? box(node.id, [long]) : node)) };
  expect(await moved(before, after)).toBe(0);
  const svg = writeSvg(await layOutInLanes(after), { id: "a", title: "a", description: "a", href: () => undefined });
  expect(svg).toContain(">a_reference_that_says_it_all</text>");
  expect(svg).toMatch(/>timest\w*…<\/text>/);
});

test("a chain, a ring and a table that refers to itself each have their lane", () => {
  const nodes = ["a", "b", "c", "d", "e"].map((id) => box(id));
  const edges = [line("b", "a"), line("c", "b"), line("b", "c"), line("d", "c"), line("e", "e")];
  expect(Object.fromEntries(lanesOf(nodes, edges))).toEqual({ a: 0, b: 1, c: 1, d: 2, e: 0 });
});

test("a chain of thousands is no deeper than memory", () => {
  const nodes = Array.from({ length: 5000 }, (_, at) => box(`t${at}`));
  const edges = nodes.slice(1).map((node, at) => line(node.id, `t${at}`));
  expect(lanesOf(nodes, edges).get("t4999")).toBe(4999);
});

const ids = fc.integer({ min: 0, max: 30 }).map((number) => `t${number}`);
const diagrams = fc
  .record({ nodes: fc.uniqueArray(ids, { maxLength: 30 }), edges: fc.array(fc.tuple(ids, ids), { maxLength: 60 }) })
  .map(({ nodes, edges }): Diagram => {
    const known = new Set(nodes);
    return {
      nodes: nodes.map((id) => box(id)),
      edges: edges.filter(([from, to]) => known.has(from) && known.has(to)).map(([from, to]) => line(from, to)),
      omitted: 0,
    };
  });

test("boxes never overlap, lines start and end at them, and the order of tables does not count", async () => {
  await fc.assert(
    fc.asyncProperty(diagrams, async (diagram) => {
      const layout = await layOutInLanes(diagram);
      for (const [at, one] of layout.boxes.entries()) {
        for (const two of layout.boxes.slice(at + 1)) {
          const apart = one.x + one.width <= two.x || two.x + two.width <= one.x;
          expect(apart || one.y + one.height <= two.y || two.y + two.height <= one.y).toBe(true);
        }
      }
      expect(layout.lines).toHaveLength(diagram.edges.length);
      const turned = await placesOf({ ...diagram, nodes: diagram.nodes.toReversed() });
      expect(turned).toEqual(await placesOf(diagram));
    }),
    { numRuns: 60 },
  );
});
