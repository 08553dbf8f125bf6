import { expect, test } from "vitest";
import { erd } from "#generators/erd/erd.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { memoryStore } from "#test/support/memory-store.ts";
import { renamedColumn } from "#test/support/renamed-column.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { keptPictures } from "./drawn-pictures.ts";

/** The pictures of a model with those of the store, and which of them had to be drawn. */
async function draw(store: ReturnType<typeof memoryStore>, model: SchemaModel) {
  const kept = await keptPictures(store, "shop");
  const drawn: string[] = [];
  const input = {
    ...generatorInput({ model }),
    drawn: {
      find: (file: string, madeFrom: string) => kept.find(file, madeFrom),
      keep(file: string, madeFrom: string, svg: string) {
        drawn.push(file);
        kept.keep(file, madeFrom, svg);
      },
    },
  };
  const { artifacts } = await erd.generate(input);
  await kept.save({ isWhole: true });
  return { drawn, artifacts };
}

const renamed = renamedColumn(shopModel, { table: "sales.tags", name: "code" }, "word");

test("a picture is drawn again only when what it shows has changed, and is what it would be without", async () => {
  const store = memoryStore();
  const first = await draw(store, shopModel);
  expect(first.drawn.length).toBe(first.artifacts.length);
  expect((await draw(store, structuredClone(shopModel))).drawn).toEqual([]);
  const changed = await draw(store, renamed);
  expect(changed.drawn.sort()).toEqual(["erd/sales.product_tags.svg", "erd/sales.tags.svg", "erd/schema-sales.svg"]);
  expect(changed.artifacts).toEqual((await erd.generate(generatorInput({ model: renamed }))).artifacts);
});

test.each(["no json", "[]", '{"erd/a.svg": 1}'])("a damaged store (%s) costs time only", async (text) => {
  const store = memoryStore();
  await store.set("pictures shop", new TextEncoder().encode(text));
  const { drawn, artifacts } = await draw(store, shopModel);
  expect(drawn.length).toBe(artifacts.length);
});

test("a run of some generators keeps the pictures of the others", async () => {
  const store = memoryStore();
  await draw(store, shopModel);
  const kept = await keptPictures(store, "shop");
  kept.keep("README.md 0", "erDiagram", "");
  await kept.save({ isWhole: false });
  expect((await draw(store, shopModel)).drawn).toEqual([]);
});
