import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { problemReference, problemReferencePath } from "./problem-reference.ts";

test("the page of problem codes is what the table says; npm run references writes it", async () => {
  expect(await readFile(problemReferencePath, "utf8")).toBe(problemReference());
});
