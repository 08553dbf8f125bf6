import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SchemaModel } from "#schemas/model.ts";
import { erd } from "#generators/erd/erd.ts";
import type { GeneratorInput } from "#generators/generator.ts";
import { arbitraryModelPair } from "#test/support/arbitrary-model.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { hostileModel } from "#test/support/hostile-model.ts";
import { keptInMemory, textOf, type MemoryFiles } from "#test/support/kept-in-memory.ts";
import { renamedColumn } from "#test/support/renamed-column.ts";
import { shopModel as wholeShop } from "#test/support/shop.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { createDocs } from "./docs.ts";

/** No diagram is judged here. */
const docs = createDocs(() => Promise.resolve(null));

async function write(input: GeneratorInput, kept?: MemoryFiles): Promise<ReadonlyMap<string, string>> {
  const given = { ...input, ...(kept && { kept }) };
  const outputs = [await docs.generate(given), await erd.generate(given)];
  return new Map(outputs.flatMap(({ artifacts }) => artifacts.map(({ path, content }) => [path, textOf(content)])));
}

/** Writes one input after the other with what the former ones left: each time what would be written without. */
async function check(inputs: readonly GeneratorInput[], kept: MemoryFiles = keptInMemory()): Promise<void> {
  for (const input of inputs) expect(await write(input, kept)).toEqual(await write(input));
}

test("files of former runs change no byte, whatever changes in the model", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryModelPair(), ([base, head]) =>
      check([base, head, base].map((model) => generatorInput({ model }))),
    ),
    { numRuns: 40 },
  );
});

const shop = wholeShop();

/** Each change of one part of one object of the sample, a few of each kind. */
function changedShops(): readonly SchemaModel[] {
  const [first] = shop.tables;
  return [
    ...shop.tables
      .filter((_, at) => at % 24 === 7)
      .flatMap((table): SchemaModel[] => {
        const put = (own: Partial<typeof table>): SchemaModel => ({
          ...shop,
          tables: shop.tables.map((one) => (one.id === table.id ? { ...one, ...own } : one)),
        });
        const [column, ...others] = table.columns;
        return [
          put({ comment: "Something new." }),
          put({ constraints: table.constraints.slice(1) }),
          put({ indexes: [], triggers: [], policies: [] }),
          put({ columns: others }),
          put({ columns: column ? [{ ...column, nullable: true, comment: "New." }, ...others] : [] }),
          { ...shop, tables: shop.tables.filter((one) => one !== table) },
        ];
      }),
    { ...shop, views: shop.views.slice(1) },
    { ...shop, views: shop.views.map((view) => ({ ...view, dependsOn: first ? [first.id] : [] })) },
    { ...shop, enums: shop.enums.map((one) => ({ ...one, labels: [...one.labels, "late"] })) },
    { ...shop, routines: shop.routines.map((one) => ({ ...one, definition: `${one.definition} ` })) },
    { ...shop, sequences: [] },
  ];
}

test("files of former runs change no byte, whatever changes in the sample", async () => {
  const kept = keptInMemory();
  await check(
    [...changedShops(), shop].map((model) => generatorInput({ model })),
    kept,
  );
});

test("files of former runs change no byte when settings, texts, labels and queries change", async () => {
  const plain = generatorInput({ model: shopModel });
  const [database] = plain.config.databases;
  if (!database) throw new Error("the small shop has a database");
  const erdOptions = { ...plain.config.erd, distance: 2 };
  await check([
    plain,
    generatorInput({ model: hostileModel() }),
    generatorInput({ model: shopModel, descriptions: { "sales.tags": "Words on *products*." } }),
    { ...plain, queries: plain.queries.slice(1) },
    { ...plain, known: { texts: { "sales.orders": { text: "What `sales.tags` buy.", by: "ai" } }, words: {} } },
    { ...plain, database: { ...database, labels: { "sales.*": ["trade"] } } },
    { ...plain, config: { ...plain.config, docs: { ...plain.config.docs, numbers: true, sort: true } } },
    { ...plain, config: { ...plain.config, erd: erdOptions } },
    { ...plain, config: { ...plain.config, erd: { ...plain.config.erd, enabled: false } } },
    { ...plain, templates: new Map([["table", { path: "table.md", text: "{{ title }}\n" }]]) },
    plain,
  ]);
});

test("a changed column makes again only the files of its table and of those that are joined to it", async () => {
  const kept = keptInMemory();
  await write(generatorInput({ model: shopModel }), kept);
  kept.made();
  await write(generatorInput({ model: structuredClone(shopModel) }), kept);
  expect(kept.made()).toEqual(["docs/database/model.json", "docs/database/schema.json"]);
  const renamed = renamedColumn(shopModel, { table: "sales.tags", name: "code" }, "word");
  await write(generatorInput({ model: renamed }), kept);
  expect(kept.made()).toEqual([
    "docs/database/erd/sales.product_tags.svg",
    "docs/database/erd/sales.tags.svg",
    "docs/database/erd/schema-sales.svg",
    "docs/database/json/sales.product_tags.json",
    "docs/database/json/sales.products.json",
    "docs/database/json/sales.tags.json",
    "docs/database/model.json",
    "docs/database/sales.product_tags.md",
    "docs/database/sales.products.md",
    "docs/database/sales.tags.md",
    "docs/database/schema.json",
  ]);
});

test("a page whose diagram Mermaid did not take is made again", async () => {
  const kept = keptInMemory();
  const input = { ...generatorInput({ model: shopModel }), kept };
  const refused = await createDocs(() => Promise.resolve("no")).generate(input);
  expect(refused.problems.length).toBeGreaterThan(0);
  expect(await write(generatorInput({ model: shopModel }), kept)).toEqual(
    await write(generatorInput({ model: shopModel })),
  );
});
