import { expect, test } from "vitest";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import { foreignKey, model, primaryKey, table } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { diffDiagram, diffPicture } from "./diff-diagram.ts";
import { parseWithMermaid } from "./parse-diagram.ts";

/** The lines of the diagram that carry a mark, without their styles. */
async function check(base: SchemaModel, head: SchemaModel, expected: readonly string[]): Promise<void> {
  const { mermaid, omitted } = diffDiagram(base, head, diffModels(base, head));
  expect(omitted).toBe(0);
  expect(await parseWithMermaid(mermaid ?? "")).toBeNull();
  const lines = (mermaid ?? "").split("\n").map((line) => line.trim());
  expect(lines.filter((line) => /[+∼−]|"~"/.test(line) && !line.startsWith("classDef"))).toEqual(expected);
}

function changed(id: string, change: (given: Table) => Table): SchemaModel {
  return { ...shopModel, tables: shopModel.tables.map((one) => (one.id === id ? change(one) : one)) };
}

const refunds = table({
  schema: "sales",
  name: "refunds",
  columns: [
    { name: "id", type: "bigint" },
    { name: "order_id", type: "bigint" },
  ],
  constraints: [
    primaryKey("refunds_pkey", ["id"]),
    foreignKey("refunds_order_fk", ["order_id"], { table: "sales.orders", columns: ["id"] }),
  ],
});
const withRefunds = { ...shopModel, tables: [...shopModel.tables, refunds].sort((a, b) => (a.id < b.id ? -1 : 1)) };

test("a new table is marked, with its references, beside the table it refers to", () =>
  check(shopModel, withRefunds, [
    't_sales_orders ||..o{ t_sales_refunds : "+ order_id"',
    't_sales_refunds["+ refunds"] {',
  ]));

test("a dropped table stays in the picture", () =>
  check(withRefunds, shopModel, [
    't_sales_orders ||..o{ t_sales_refunds : "− order_id"',
    't_sales_refunds["− refunds"] {',
  ]));

test("a new column is marked in its table", () => {
  const head = changed("sales.tags", (given) => ({
    ...given,
    columns: [
      ...given.columns,
      ...table({ schema: "sales", name: "tags", columns: [{ name: "colour", type: "text" }] }).columns,
    ],
  }));
  return check(shopModel, head, ['t_sales_tags["∼ tags"] {', 'text colour "+"']);
});

test("a column whose type changes is marked", () => {
  const head = changed("sales.tags", (given) => ({
    ...given,
    columns: given.columns.map((column) =>
      column.name === "label" ? { ...column, type: { raw: "character varying(40)", family: "text" as const } } : column,
    ),
  }));
  return check(shopModel, head, ['t_sales_tags["∼ tags"] {', 'varchar(40) label "~"']);
});

test("a dropped foreign key is a dropped line", () => {
  const head = changed("sales.addresses", (given) => ({
    ...given,
    constraints: given.constraints.filter((constraint) => constraint.kind !== "foreign key"),
  }));
  return check(shopModel, head, [
    't_sales_customers ||..o{ t_sales_addresses : "− customer_id"',
    't_sales_addresses["∼ addresses"] {',
  ]);
});

test("nothing is drawn when no table is touched", () => {
  expect(diffDiagram(shopModel, shopModel, [])).toEqual({ mermaid: null, omitted: 0 });
});

test("more tables than a picture can hold are counted", async () => {
  const tables = Array.from({ length: 120 }, (_, at) => table({ schema: "sales", name: `import_${at}`, columns: [] }));
  const head = model({ tables });
  const { mermaid, omitted } = diffDiagram(model({}), head, diffModels(model({}), head));
  expect(omitted).toBe(80);
  expect(await parseWithMermaid(mermaid ?? "")).toBeNull();
});

test("the same as a picture has the new table and its neighbours, marked, and none when nothing changes", async () => {
  const svg = (await diffPicture(shopModel, withRefunds, diffModels(shopModel, withRefunds))) ?? "";
  expect(svg).toMatch(/<g class="added"[^>]*><title>sales\.refunds<\/title>/);
  expect(svg).toContain("<title>sales.orders</title>");
  expect(svg).toContain("Tables: 1 added, 0 changed, 0 dropped");
  expect(svg).not.toContain("<title>sales.tags</title>");
  expect(svg).toContain(".qg-erd .added .e{stroke:");
  expect(await diffPicture(shopModel, shopModel, [])).toBeNull();
});

test("rows of a changed table are coloured by what became of them", async () => {
  const head = changed("sales.tags", (given) => ({
    ...given,
    columns: [
      ...given.columns.filter(({ name }) => name !== "label"),
      ...table({ schema: "sales", name: "tags", columns: [{ name: "colour", type: "text" }] }).columns,
    ],
  }));
  const svg = (await diffPicture(shopModel, head, diffModels(shopModel, head))) ?? "";
  expect(svg).toMatch(/<rect class="m added"[^>]*\/><text[^>]*>\+ colour</);
  expect(svg).toMatch(/<rect class="m dropped"[^>]*\/><text[^>]*>− label</);
  expect(svg.match(/class="m /g)).toHaveLength(2);
});
