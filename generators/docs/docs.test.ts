import { join } from "node:path";
import { expect, test } from "vitest";
import type { SchemaModel } from "#schemas/model.ts";
import { parseWithMermaid } from "#generators/erd/parse-diagram.ts";
import { expectGolden } from "#test/support/golden.ts";
import { generatorInput, type GeneratorInputSpec } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { model, table } from "#test/support/model-builder.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { createDocs, docs } from "./docs.ts";

const fixtures = join(import.meta.dirname, "__fixtures__");
const descriptions = {
  "sales.tags": "Words that *marketing* puts on products.",
  "sales.orders.placed_at": "Local time of the buyer.",
};

async function files(spec: GeneratorInputSpec = {}): Promise<ReadonlyMap<string, string>> {
  const { artifacts } = await docs.generate(generatorInput(spec));
  return new Map(artifacts.map(({ path, content }) => [path, String(content)]));
}

test("writes the documentation of the small shop", async () => {
  const { artifacts, problems } = await docs.generate(generatorInput({ descriptions }));
  expect(problems).toEqual([]);
  await expectGolden(join(fixtures, "shop"), artifacts);
});

test("writes the same bytes twice, also from a model built anew", async () => {
  const again: SchemaModel = structuredClone(shopModel);
  expect([...(await files({ model: again }))]).toEqual([...(await files())]);
});

test("a renamed column changes only the pages that mention it", async () => {
  const before = await files();
  const after = await files({ model: renamedColumn(shopModel, "sales.products", "title", "headline") });
  const changed = [...before].filter(([path, content]) => after.get(path) !== content).map(([path]) => path);
  expect(changed).toEqual([
    "docs/database/json/sales.products.json",
    "docs/database/model.json",
    "docs/database/sales.products.md",
    "docs/database/schema.dbml",
    "docs/database/schema.json",
  ]);
});

test("each of several databases has its own folder", async () => {
  const sources = [{ path: "migrations" }];
  const databases = [
    { id: "shop", sources },
    { id: "warehouse", sources },
  ];
  const paths = [...(await files({ config: { databases } })).keys()];
  expect(paths.every((path) => path.startsWith("docs/database/shop/"))).toBe(true);
});

test("a page has no heading without text below it", async () => {
  const written = await Promise.all([{}, { model: hostileModel() }, { model: model({}) }].map(files));
  const pages = written.flatMap((one) => [...one].filter(([path]) => path.endsWith(".md")));
  expect(pages.filter(([, content]) => /^#+ [^\n]*\n+(?:#+ |$(?![\s\S]))/m.test(content))).toEqual([]);
});

test("an empty database has an index that says so", async () => {
  const readme = (await files({ model: model({}) })).get("docs/database/README.md");
  expect(readme).toContain("A PostgreSQL database of 0 tables.");
});

test("names with a meaning in Markdown and Mermaid leave every page and diagram intact", async () => {
  const { artifacts, problems } = await docs.generate(generatorInput({ model: hostileModel() }));
  expect(problems).toEqual([]);
  const pages = artifacts.filter(({ path }) => path.endsWith(".md"));
  const ofObjects = pages.filter(({ path }) => !path.includes("/viewpoint-"));
  expect(new Set(ofObjects.map(({ path }) => path.toLowerCase())).size).toBe(hostileModel().tables.length + 1);
  for (const { path, content } of pages) {
    expect(path).toMatch(/^docs\/database\/[\p{L}\p{M}\p{N}._-]+$/u);
    expect(
      String(content)
        .replace(/<\/?(?:sub|details|summary)>|<br>/g, "")
        .replace(/```[\s\S]*?```|`+[^`]*`+/g, ""),
    ).not.toMatch(/(?<!\\)<[a-z/!]/i);
  }
});

test("a description of an object that is not there is reported", async () => {
  const { problems } = await docs.generate(generatorInput({ descriptions: { "sales.oders": "Orders." } }));
  expect(problems).toMatchObject([{ code: "QG404", objectId: "sales.oders" }]);
});

test("a diagram that Mermaid refuses is left out and reported", async () => {
  const refuse = createDocs(async (text) =>
    text.includes("sales_tags") ? "Parse error on line 2" : parseWithMermaid(text),
  );
  const { artifacts, problems } = await refuse.generate(generatorInput());
  const about = problems.map(({ code, objectId }) => [code, objectId]);
  expect(about).toContainEqual(["QG402", "sales.tags"]);
  const page = artifacts.find(({ path }) => path.endsWith("sales.tags.md"));
  expect(String(page?.content)).not.toContain("```mermaid");
  expect(String(page?.content)).not.toContain("## Diagram");
});

test("a committed diagram is not parsed again, a changed one is", async () => {
  const committed = await files();
  const parsed: string[] = [];
  const listening = createDocs(async (text) => {
    parsed.push(text);
    return null;
  });
  const input = { ...generatorInput(), previous: async (path: string) => committed.get(path) ?? null };
  const { artifacts } = await listening.generate(input);
  expect(artifacts.map(({ path, content }) => [path, content])).toEqual([...committed]);
  expect(parsed).toEqual([]);
  await listening.generate({ ...input, model: renamedColumn(shopModel, "sales.tags", "code", "word") });
  expect(parsed.length).toBeGreaterThan(0);
});

test("a schema without references has no diagram", async () => {
  const lonely = model({
    tables: [table({ schema: "sales", name: "notes", columns: [{ name: "body", type: "text" }] })],
  });
  expect((await files({ model: lonely })).get("docs/database/sales.notes.md")).not.toContain("## Diagram");
});

function renamedColumn(given: SchemaModel, tableId: string, from: string, to: string): SchemaModel {
  const tables = given.tables.map((one) => {
    if (one.id !== tableId) return one;
    const columns = one.columns.map((column) =>
      column.name === from ? { ...column, id: `${tableId}.${to}`, name: to } : column,
    );
    const indexes = one.indexes.map((index) => ({
      ...index,
      keys: index.keys.map((key) => (key.column === from ? { ...key, column: to } : key)),
    }));
    return { ...one, columns, indexes };
  });
  return { ...given, tables };
}

/** The pages that a configuration of the small shop's database gives, by file name. */
async function pagesWith(settings: Readonly<Record<string, unknown>>, top: Readonly<Record<string, unknown>> = {}) {
  const database = { id: "shop", sources: [{ path: "migrations" }], ...settings };
  const { artifacts, problems } = await docs.generate(generatorInput({ config: { databases: [database], ...top } }));
  expect(problems).toEqual([]);
  return new Map(artifacts.map(({ path, content }) => [path.replace("docs/database/", ""), String(content)]));
}

test("a viewpoint has a page with its groups, and its tables say that they are in it", async () => {
  const pages = await pagesWith({
    viewpoints: [
      {
        id: "checkout",
        title: "Checkout",
        description: "From cart to order.",
        tables: ["sales.orders"],
        distance: 1,
        groups: [{ name: "Middle", tables: ["sales.orders"] }],
      },
    ],
  });
  const page = pages.get("viewpoint-checkout.md") ?? "";
  expect(page).toMatch(/^# Checkout\n\nFrom cart to order\.\n/);
  expect(page).toMatch(/## Middle\n\n\|[^#]*\[sales\.orders\]/);
  expect(page).toMatch(/## Tables\n\n\|[^#]*\[sales\.customers\]/);
  expect(page).toContain("```mermaid");
  expect(pages.get("sales.orders.md")).toContain("In [Checkout](viewpoint-checkout.md)");
  expect(pages.get("README.md")).toContain("[Checkout](viewpoint-checkout.md)");
});

test("labels stand beside what they label", async () => {
  const pages = await pagesWith({ labels: { "sales.customers": ["people"], "sales.customers.email": ["personal"] } });
  expect(pages.get("sales.customers.md")).toMatch(/\n`people`\n[^]*`email`[^|]*`personal` \|/);
  expect(pages.get("README.md")).toMatch(/\[customers\]\(sales\.customers\.md\) \| \d+ \| `people` \|/);
});

test("a declared reference is shown as not checked, and no constraint of it in the SQL", async () => {
  const relation = { table: "sales.tags", columns: ["code"], parentTable: "sales.products", parentColumns: ["id"] };
  const pages = await pagesWith({ relations: [relation] });
  const page = pages.get("sales.tags.md") ?? "";
  expect(page).toContain("`code` **PK** ⇢ [sales.products](sales.products.md)");
  expect(page).toContain("people say so, and the database does not check it");
  expect(page).not.toContain("REFERENCES sales.products");
  expect(pages.get("sales.products.md")).toContain("not checked by the database");
  expect(pages.get("model.json")).not.toContain("declared");
  expect(pages.get("schema.json")).toContain('"virtual": true');
});

test("what is ignored has no page and no line, and stays in the model", async () => {
  const pages = await pagesWith({ ignore: ["sales.tags"] });
  expect([...pages.keys()]).not.toContain("sales.tags.md");
  expect(pages.get("README.md")).not.toContain("sales.tags");
  expect(pages.get("model.json")).toContain("sales.tags");
});

test("tables are numbered, sorted, aligned and worded as the users want", async () => {
  const words = { Columns: "Spalten", Description: "Be|deutung" };
  const pages = await pagesWith({}, { docs: { numbers: true, sort: true, align: true, words } });
  const page = pages.get("sales.orders.md") ?? "";
  const rows = /## Spalten\n\n((?:\|.*\n)+)/.exec(page)?.[1]?.trimEnd().split("\n") ?? [];
  expect(rows[0]).toMatch(/^\| # {3}\| Column/);
  expect(rows[0]).not.toContain("Be|");
  expect(new Set(rows.map((row) => [...row].length)).size).toBe(1);
  const names = rows.slice(2).map((row) => /^\| \d+ +\| `(\w+)`/.exec(row)?.[1] ?? "");
  expect(names).toEqual(names.toSorted());
});

test("diagrams can be left out altogether", async () => {
  const pages = await pagesWith({}, { erd: { enabled: false } });
  for (const text of pages.values()) expect(text).not.toMatch(/```mermaid|erd\//);
});
