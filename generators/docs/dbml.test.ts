import { Compiler, DEFAULT_ENTRY, MemoryProjectLayout } from "@dbml/parse";
import { expect, test } from "vitest";
import type { SchemaModel } from "#schemas/model.ts";
import { buildModel } from "#test/support/build-model.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { writeDbml } from "./dbml.ts";

/** What DBML's own parser reads: tables with their columns, and references by their ends. */
function read(dbml: string) {
  const layout = new MemoryProjectLayout();
  layout.setSource(DEFAULT_ENTRY, dbml);
  const { parse } = new Compiler(layout);
  expect(parse.errors(DEFAULT_ENTRY).map(({ diagnostic }) => diagnostic)).toEqual([]);
  const database = parse.rawDb(DEFAULT_ENTRY);
  const tables = (database?.tables ?? []).map(
    ({ schemaName, name, fields }) => [`${schemaName ?? "public"}.${name}`, fields.map((field) => field.name)] as const,
  );
  const references = (database?.refs ?? []).map((ref) => ref.endpoints.map((end) => end.relation));
  return { tables: new Map(tables), references };
}

function check(model: SchemaModel): void {
  const { tables, references } = read(writeDbml(model));
  const own = model.tables.filter((table) => !table.partitionOf);
  for (const table of own) {
    expect(tables.get(`${table.schema}.${table.name}`)).toEqual(table.columns.map((column) => column.name));
  }
  expect(tables.size).toBe(own.length);
  expect(references).toHaveLength(
    own.flatMap((table) => table.constraints.filter((one) => one.kind === "foreign key")).length,
  );
}

test("DBML's parser reads the same tables, columns and references", () => check(shopModel));

test("names with quotes, backslashes and line ends survive", () => check(hostileModel()));

test("a table without columns is left out, which DBML could not read", () => {
  const empty = buildModel({
    tables: [
      { name: "sales.ticks", columns: [] },
      { name: "sales.orders", columns: [{ name: "id" }] },
    ],
  });
  expect([...read(writeDbml(empty)).tables.keys()]).toEqual(["sales.orders"]);
});

test("only the wanted tables and the references among them are written", () => {
  const { tables, references } = read(writeDbml(shopModel, { tables: new Set(["sales.orders", "sales.customers"]) }));
  expect([...tables.keys()].sort()).toEqual(["sales.customers", "sales.orders"]);
  expect(references).toHaveLength(1);
});
