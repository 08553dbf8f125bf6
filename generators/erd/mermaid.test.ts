import * as fc from "fast-check";
import mermaid from "mermaid";
import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { foreignKey, model, primaryKey, table } from "#test/support/model-builder.ts";
import { hostileModel, hostileNames } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { diagramOf, neighbourhood, schemaDiagram, type Diagram } from "./diagram.ts";
import { writeMermaid } from "./mermaid.ts";
import { parseWithMermaid } from "./parse-diagram.ts";
import { MERMAID_CHARACTERS, MERMAID_EDGES, MERMAID_TABLES, splitDiagram } from "./split-diagram.ts";
import { writeOverview } from "./overview.ts";

/** Mermaid itself says which boxes and lines it read. */
async function read(text: string) {
  expect(await parseWithMermaid(text)).toBeNull();
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { entities, relationships } = drawn(diagram.db);
  return {
    tables: entities.size,
    columns: [...entities.values()].map(({ attributes }) => attributes.length),
    lines: relationships.length,
  };
}

interface ErDb {
  getEntities(): Map<string, { readonly attributes: readonly unknown[] }>;
  getRelationships(): readonly unknown[];
}
function drawn(db: unknown) {
  // Mermaid does not publish the type of this diagram's store.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const store = db as ErDb;
  return { entities: store.getEntities(), relationships: store.getRelationships() };
}

async function check(diagram: Diagram): Promise<void> {
  expect(await read(writeMermaid(diagram))).toEqual({
    tables: diagram.nodes.length,
    columns: expect.toSatisfy(
      (counts: readonly number[]) => sum(counts) === sum(diagram.nodes.map(({ columns }) => columns.length)),
    ),
    lines: diagram.edges.length,
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test("Mermaid reads every table, column and reference of the small shop", async () => {
  const index = indexModel(shopModel);
  await check(schemaDiagram(index, "sales"));
  await check(
    diagramOf(
      index,
      shopModel.tables.map(({ id }) => id),
      { columns: "all" },
    ),
  );
  await check(neighbourhood(index, "sales.orders"));
});

test.each(hostileNames)("Mermaid reads a table and column called %j", async (name) => {
  const given = hostileModel([name, "orders"]);
  await check(
    diagramOf(
      indexModel(given),
      given.tables.map(({ id }) => id),
      { columns: "all" },
    ),
  );
});

test("Mermaid reads tables and columns of any name", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 63 }), async (name) => {
      fc.pre(name !== "orders");
      const given = hostileModel([name, "orders"]);
      await check(
        diagramOf(
          indexModel(given),
          given.tables.map(({ id }) => id),
          { columns: "all" },
        ),
      );
    }),
    { numRuns: 300 },
  );
});

/** `count` tables, each referring to the one before it and to the first. */
function chain(count: number) {
  const names = Array.from({ length: count }, (_, at) => `stock_movement_of_month_${at}`);
  return model({
    tables: names.map((name, at) =>
      table({
        schema: "warehouse",
        name,
        columns: [
          { name: "id", type: "bigint" },
          { name: "previous_movement_id", type: "bigint" },
          { name: "first_id", type: "bigint" },
        ],
        constraints: [
          primaryKey("pk", ["id"]),
          ...(at === 0
            ? []
            : [
                foreignKey("previous", ["previous_movement_id"], {
                  table: `warehouse.${names[at - 1] ?? ""}`,
                  columns: ["id"],
                }),
              ]),
          ...(at === 0
            ? []
            : [foreignKey("first", ["first_id"], { table: `warehouse.${names[0] ?? ""}`, columns: ["id"] })]),
        ],
      }),
    ),
  });
}

test("a thousand tables become parts that GitHub takes, with every table once", async () => {
  const diagram = schemaDiagram(indexModel(chain(1000)), "warehouse");
  const { parts, cut } = splitDiagram(diagram);
  expect(parts.flatMap((part) => part.nodes.map(({ id }) => id)).sort()).toEqual(diagram.nodes.map(({ id }) => id));
  expect(sum(parts.map((part) => part.edges.length)) + cut).toBe(diagram.edges.length);
  for (const part of parts) {
    expect(part.nodes.length).toBeLessThanOrEqual(MERMAID_TABLES);
    expect(part.edges.length).toBeLessThan(MERMAID_EDGES);
    expect(writeMermaid(part).length).toBeLessThan(MERMAID_CHARACTERS);
  }
  await check(parts[0] ?? diagram);
});

test("one table with too many columns for GitHub loses its columns", () => {
  const columns = Array.from({ length: 2000 }, (_, at) => ({ name: `measurement_${at}`, type: "double precision" }));
  const wide = model({ tables: [table({ schema: "warehouse", name: "readings", columns })] });
  const { parts } = splitDiagram(diagramOf(indexModel(wide), ["warehouse.readings"], { columns: "all" }));
  expect(parts.map((part) => part.nodes[0]?.columns)).toEqual([[]]);
});

test("the overview of schemas is a flowchart that parses", async () => {
  expect(await parseWithMermaid(writeOverview(indexModel(shopModel)) ?? "")).toBeNull();
  expect(writeOverview(indexModel(hostileModel()))).toBeNull();
});

test("says what Mermaid does not take", async () => {
  expect(await parseWithMermaid('erDiagram\n  orders["open')).toContain("Parse error");
});
