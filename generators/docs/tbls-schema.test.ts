import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { hostileModel } from "#test/support/hostile-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { shopModel as wholeShop } from "#test/support/shop.ts";
import { shopModel } from "#test/support/shop-model.ts";
import contract from "./tbls-schema.json" with { type: "json" };
import { tblsSchema, type TblsSchema } from "./tbls-schema.ts";

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(contract);

test.each([
  ["the small shop", shopModel],
  ["hostile names", hostileModel()],
])("%s is valid for tbls", (_name, model) => {
  validate(JSON.parse(JSON.stringify(tblsSchema(model, { name: "shop" }))));
  expect(validate.errors).toBeNull();
});

/**
 * What tbls finds missing when it has read a file: it looks every table and column of a relation up by its name, and
 * refuses the file when there is none.
 */
function missing({ tables, relations, viewpoints = [] }: TblsSchema): readonly string[] {
  const columns = new Map(tables.map((table) => [table.name, new Set(table.columns.map(({ name }) => name))]));
  const ends = relations.flatMap((one) => [
    ...one.columns.map((column) => [one.table, column] as const),
    ...one.parent_columns.map((column) => [one.parent_table, column] as const),
  ]);
  const named = [
    ...tables.flatMap(({ constraints }) => constraints.flatMap((one) => one.referenced_table ?? [])),
    ...viewpoints.flatMap((one) => [...one.tables, ...(one.groups ?? []).flatMap((group) => group.tables)]),
  ];
  return [
    ...ends.filter(([table, column]) => columns.get(table)?.has(column) !== true).map((end) => end.join(" ")),
    ...named.filter((table) => !columns.has(table)),
  ];
}

test("tbls finds every table and column that is named, also where parts of the model are missing", () => {
  const [first, ...others] = wholeShop().tables;
  const without = { ...wholeShop(), tables: others };
  const hollow = { ...wholeShop(), tables: first ? [{ ...first, columns: [] }, ...others] : [] };
  for (const model of [wholeShop(), hostileModel(), without, hollow]) {
    const schema = tblsSchema(model, { name: "shop" });
    const relations = missing({ ...schema, tables: schema.tables.map((table) => ({ ...table, constraints: [] })) });
    expect(relations).toEqual([]);
  }
  expect(missing(tblsSchema(wholeShop(), { name: "shop" }))).toEqual([]);
  expect(missing(tblsSchema(hostileModel(), { name: "shop" }))).toEqual([]);
});

test("tables of a default schema are named as tbls' driver of the dialect names them", () => {
  const of = (dialect: SchemaModel["dialect"], schema: string) => {
    const moved = { ...shopModel, dialect, tables: shopModel.tables.map((table) => ({ ...table, schema })) };
    const { tables, driver } = tblsSchema(moved, { name: "shop" });
    return [tables[0]?.name, driver.name, driver.meta?.current_schema];
  };
  const name = shopModel.tables[0]?.name ?? "";
  expect(of("postgres", "public")).toEqual([`public.${name}`, "postgres", "public"]);
  expect(of("mysql", "main")).toEqual([name, "mysql", undefined]);
  expect(of("mssql", "dbo")).toEqual([name, "sqlserver", undefined]);
  expect(of("mssql", "sales")).toEqual([`sales.${name}`, "sqlserver", undefined]);
});

test("labels and viewpoints are handed on", () => {
  const schema = tblsSchema(shopModel, {
    name: "shop",
    topLabels: ["trade"],
    labels: new Map([
      ["sales.tags", ["words"]],
      ["sales.tags.code", ["key"]],
    ]),
    viewpoints: [
      {
        id: "words",
        title: "Words",
        description: "What we say.",
        parts: [{ title: "Tags", tables: ["sales.tags"] }, { tables: ["sales.products"] }],
      },
    ],
  });
  validate(JSON.parse(JSON.stringify(schema)));
  expect(validate.errors).toBeNull();
  expect(schema.labels).toEqual([{ name: "trade", virtual: true }]);
  const tags = schema.tables.find(({ name }) => name === "sales.tags");
  expect(tags?.labels).toEqual([{ name: "words", virtual: true }]);
  expect(tags?.columns.find(({ name }) => name === "code")?.labels).toEqual([{ name: "key", virtual: true }]);
  expect(schema.viewpoints).toEqual([
    {
      name: "Words",
      desc: "What we say.",
      tables: ["sales.tags", "sales.products"],
      groups: [{ name: "Tags", desc: "", tables: ["sales.tags"] }],
    },
  ]);
  expect(missing(schema)).toEqual([]);
});

test("a relation says how many rows stand at each end", () => {
  const { relations } = tblsSchema(shopModel, { name: "shop" });
  expect(relations.find(({ columns }) => columns.includes("billing_address_id"))).toEqual({
    table: "sales.orders",
    columns: ["billing_address_id"],
    cardinality: "zero_or_more",
    parent_table: "sales.addresses",
    parent_columns: ["id"],
    parent_cardinality: "zero_or_one",
    def: "FOREIGN KEY (billing_address_id) REFERENCES sales.addresses(id)",
  });
});

test("comments are what people wrote, not what we generate", () => {
  const { tables } = tblsSchema(shopModel, { name: "shop", descriptions: { "sales.tags": "Words on products." } });
  const comments = new Map(tables.map(({ name, comment }) => [name, comment]));
  expect(comments.get("sales.tags")).toBe("Words on products.");
  expect(comments.get("sales.customers")).toBe("People and companies who buy from the shop.");
  expect(comments.get("sales.orders")).toBe("");
});
