import { join } from "node:path";
import { expect, test } from "vitest";
import { expectGolden } from "#test/support/golden.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { erd } from "./erd.ts";

const fixtures = join(import.meta.dirname, "__fixtures__");

test("draws the small shop", async () => {
  const { artifacts, problems } = await erd.generate(generatorInput());
  expect(problems).toEqual([]);
  await expectGolden(join(fixtures, "shop"), artifacts);
});
