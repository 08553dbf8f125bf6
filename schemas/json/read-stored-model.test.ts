import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryModel } from "#test/support/arbitrary-model.ts";
import { modelExample } from "./model-example.ts";
import { readStoredModel } from "./read-stored-model.ts";

/** What reading says, as `code file: message`, or nothing when it gives a model. */
function check(text: string, expected: string | null): void {
  const { value, problems } = readStoredModel(text, "docs/database/model.json");
  const told = problems.map(({ code, origin, message }) => `${code} ${origin?.file}: ${message}`);
  expect(told.join("\n") || null).toBe(expected);
  expect(value === null).toBe(expected !== null);
}

const stored = JSON.stringify(modelExample);

test("reads back any model that was written", () => {
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      expect(readStoredModel(JSON.stringify(model))).toEqual({
        value: JSON.parse(JSON.stringify(model)),
        problems: [],
      });
    }),
    { numRuns: 100 },
  );
});
test("reads a file with a byte order mark", () => {
  check(`\uFEFF${stored}`, null);
});
test("says of other text that it is no model", () => {
  const message = "QG220 docs/database/model.json: This is no stored model: it is not a JSON object with a version.";
  for (const text of ["", "CREATE TABLE orders ();", "[]", "null", '{"tables":[]}', stored.slice(0, 100)])
    check(text, message);
});
test("refuses a newer version instead of misreading it", () => {
  check(
    JSON.stringify({ ...modelExample, version: 7 }),
    "QG221 docs/database/model.json: This model has version 7; this release reads versions up to 1.",
  );
});
test("names the place of a damage", () => {
  check(
    stored.replace('"nullable":false', '"nullable":"no"'),
    'QG220 docs/database/model.json: The stored model is damaged at "tables.0.columns.0.nullable": Invalid input: expected boolean, received string.',
  );
});
