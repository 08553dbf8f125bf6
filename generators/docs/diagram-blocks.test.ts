import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { schemaDiagram } from "#generators/erd/diagram.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { diagramBlocks } from "./diagram-blocks.ts";

const subject = { objectId: "sales", page: "README.md" };
const diagram = schemaDiagram(indexModel(shopModel), "sales");

/** Draws a diagram in a repository without pages, with what former runs have kept; says how often Mermaid was asked. */
async function draw(kept: Map<string, string>, { wrong = null }: { readonly wrong?: string | null } = {}) {
  let asked = 0;
  const blocks = diagramBlocks({
    isEnabled: true,
    parse: () => {
      asked += 1;
      return Promise.resolve(wrong);
    },
    previous: () => Promise.resolve(null),
    drawn: {
      find: (file, madeFrom) => (kept.get(file) === madeFrom ? "" : undefined),
      keep: (file, madeFrom) => kept.set(file, madeFrom),
    },
  });
  const block = await blocks.draw(diagram, subject);
  return { asked, block, problems: blocks.problems.length };
}

test("asks Mermaid once about a diagram that stays the same, and again when it differs", async () => {
  const kept = new Map<string, string>();
  const first = await draw(kept);
  expect(first.asked).toBe(1);
  expect(await draw(kept)).toEqual({ ...first, asked: 0 });
  kept.forEach((text, file) => kept.set(file, `${text} `));
  expect((await draw(kept)).asked).toBe(1);
});

test("asks again about a diagram that Mermaid did not take", async () => {
  const kept = new Map<string, string>();
  expect(await draw(kept, { wrong: "no" })).toEqual({ asked: 1, block: null, problems: 1 });
  expect((await draw(kept)).asked).toBe(1);
});
