import { join } from "node:path";
import { expect, test } from "vitest";
import { expectGolden } from "#test/support/golden.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { docs } from "./docs.ts";

const fixtures = join(import.meta.dirname, "__fixtures__");
const descriptions = { "sales.tags": "Words that *marketing* puts on products.", "sales.orders.placed_at": "Local time of the buyer." };

test("writes the documentation of the small shop", async () => {
  const { artifacts, problems } = await docs.generate(generatorInput({ descriptions }));
  expect(problems).toEqual([]);
  await expectGolden(join(fixtures, "shop"), artifacts);
});
