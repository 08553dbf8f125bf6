import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseWithMermaid } from "#generators/erd/parse-diagram.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { model, table } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { exportFormats, exportSchema, type ExportFormat, type ExportOptions } from "./export-schema.ts";

/** A drawer that shows what it was given. */
const drawPng: ExportOptions["drawPng"] = async (svg) => new TextEncoder().encode(`PNG of ${svg.slice(0, 4)}`);

async function exported(
  format: ExportFormat,
  { tables, given = shopModel }: { readonly tables?: readonly string[]; readonly given?: SchemaModel } = {},
): Promise<string> {
  const all = given.tables.filter((one) => !one.partitionOf).map(({ id }) => id);
  const options = { format, tables: tables ?? all, isWhole: tables === undefined, columns: "all", drawPng } as const;
  const result = await exportSchema(generatorInput({ model: given }), options);
  return typeof result === "string" ? result : new TextDecoder().decode(result);
}

const orders = ["sales.orders", "sales.order_items"];
const firstLines: Readonly<Record<ExportFormat, RegExp>> = {
  md: /^# Shop\n/,
  json: /^\{\n/,
  yaml: /^name: Shop\n/,
  csv: /^schema,table,position,column,type,nullable,default,key,references,description\r\n/,
  svg: /^<svg [^>]*>\n<title/,
  png: /^PNG of <svg$/,
  xlsx: /^PK/,
  config: /^version: 1\n/,
  mermaid: /^erDiagram\n/,
  dot: /^digraph schema \{\n/,
  dbml: /^(?:\/\/|Enum|Project|Table|TablePartial)/,
  plantuml: /^@startuml\n/,
};

test.each(exportFormats)("prints the whole as %s, the same twice", async (format) => {
  const text = await exported(format);
  expect(text).toMatch(firstLines[format]);
  expect(text).toBe(await exported(format));
});

test.each(exportFormats.filter((format) => !["config", "png", "xlsx"].includes(format)))(
  "prints two tables as %s and no other",
  async (format) => {
    const text = await exported(format, { tables: orders });
    expect(text).toContain("order_items");
    expect(text).not.toMatch(/^# sales\.tags|t_sales_tags|<title>sales\.tags|"sales\.tags" \[|Table sales\.tags/m);
  },
);

test("CSV has a row for each column of the tables that are wanted", async () => {
  const rows = (await exported("csv", { tables: orders })).trimEnd().split("\r\n").slice(1);
  expect(new Set(rows.map((row) => row.split(",")[1]))).toEqual(new Set(["orders", "order_items"]));
});

test("JSON and YAML say the same, in tbls' form", async () => {
  const json: { readonly tables: readonly { readonly name: string }[] } = JSON.parse(
    await exported("json", { tables: orders }),
  );
  expect(json.tables.map(({ name }) => name).sort()).toEqual(["sales.order_items", "sales.orders"]);
  expect(parse(await exported("yaml", { tables: orders }))).toEqual(json);
});

test("a cell that a spreadsheet would run is text, and one with commas is quoted", async () => {
  const given = model({
    tables: [
      table({
        schema: "sales",
        name: "=cmd()",
        columns: [{ name: 'a "b", c', type: "numeric", default: "-1", comment: "@SUM(1+1)\nnext" }],
      }),
    ],
  });
  const [, row] = (await exported("csv", { given })).split("\r\n");
  expect(row).toBe(`sales,'=cmd(),1,"a ""b"", c",numeric,no,-1,,,"'@SUM(1+1)\nnext"`);
});

test("hostile names stay inside PlantUML's quotes and lines", async () => {
  const text = await exported("plantuml", { given: hostileModel() });
  for (const line of text.trimEnd().split("\n").slice(4)) {
    expect(line).toMatch(
      /^(?:@enduml|\}|  --|entity "(?:[^"]*)" as t\d+ \{|  \{field\} [^"{}[\]*~|`]+ : [^"{}[\]*~|`]+|t\d+ [|}][|o](?:--|\.\.)[|o][|{] t\d+ : [^"{}[\]*~|`]+)$/u,
    );
  }
});

test("Mermaid of the whole parses", async () => {
  for (const part of (await exported("mermaid")).split(/(?=^erDiagram)/m))
    expect(await parseWithMermaid(part)).toBeNull();
});
