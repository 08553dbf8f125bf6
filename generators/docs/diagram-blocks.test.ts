import { expect, test } from "vitest";
import { indexModel } from "#schemas/model-index.ts";
import { schemaDiagram } from "#generators/erd/diagram.ts";
import { shopModel } from "#test/support/shop-model.ts";
import { diagramBlocks } from "./diagram-blocks.ts";

const subject = { objectId: "sales", page: "README.md" };
const diagram = schemaDiagram(indexModel(shopModel), "sales");

/** Draws a diagram beside the page as it is committed; says how often Mermaid was asked. */
async function draw(committed: string | null, { wrong = null }: { readonly wrong?: string | null } = {}) {
  let asked = 0;
  const blocks = diagramBlocks({
    isEnabled: true,
    parse: () => {
      asked += 1;
      return Promise.resolve(wrong);
    },
    previous: () => Promise.resolve(committed),
  });
  const block = await blocks.draw(diagram, subject);
  return { asked, block, problems: blocks.problems.length };
}

test("asks Mermaid about a diagram that is not committed, and again when it differs", async () => {
  const first = await draw(null);
  expect(first.asked).toBe(1);
  expect(await draw(`# sales\n\n${first.block}\n`)).toEqual({ ...first, asked: 0 });
  expect((await draw(`# sales\n\n${first.block?.replace("erDiagram", "erDiagram ")}\n`)).asked).toBe(1);
});

test("leaves out a diagram that Mermaid does not take, and says so", async () => {
  expect(await draw(null, { wrong: "no" })).toEqual({ asked: 1, block: null, problems: 1 });
});
