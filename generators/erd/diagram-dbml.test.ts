import { Compiler, DEFAULT_ENTRY, MemoryProjectLayout } from "@dbml/parse";
import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop.ts";
import { diagramOf } from "./diagram.ts";
import { writeDiagramDbml } from "./diagram-dbml.ts";

/** DBML's own parser reads as many tables, columns and references as are drawn. */
function check(model: SchemaModel): void {
  const ids = model.tables.filter(({ partitionOf }) => !partitionOf).map(({ id }) => id);
  const diagram = diagramOf(indexModel(model), ids, { columns: "all" });
  const layout = new MemoryProjectLayout();
  layout.setSource(DEFAULT_ENTRY, writeDiagramDbml(diagram));
  const { parse } = new Compiler(layout);
  expect(parse.errors(DEFAULT_ENTRY).map(({ diagnostic }) => diagnostic)).toEqual([]);
  const database = parse.rawDb(DEFAULT_ENTRY);
  const drawn = diagram.nodes.filter(({ columns }) => columns.length > 0);
  expect(database?.tables.map(({ name, fields }) => [name, fields.length])).toEqual(
    drawn.map(({ name, columns }) => [name, columns.length]),
  );
  expect(database?.refs).toHaveLength(diagram.edges.length);
}

test("DBML's parser reads the tables, columns and references of the sample", () => check(shopModel()));
test("DBML's parser reads names of any characters", () => check(hostileModel()));
