import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryModel } from "#test/support/arbitrary-model.ts";
import { publishedFiles } from "./published-files.ts";
import { publishedJsonSchema, publishedSchemas } from "./published-schemas.ts";

const folder = new URL("published/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

function validator(name: string) {
  const published = publishedSchemas.find((each) => each.name === name);
  if (!published) throw new Error(`no published schema is called ${name}`);
  // A format is a note to readers; the patterns beside it are checked.
  return new Ajv2020({ strict: true, validateFormats: false }).compile(publishedJsonSchema(published));
}

test("the published files are those that `node scripts/json-schemas.ts` writes", () => {
  const files = publishedFiles();
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  expect(Object.fromEntries([...files.keys()].map((name) => [name, read(name)]))).toEqual(Object.fromEntries(files));
});

test("the list is sorted by name", () => {
  const names = publishedSchemas.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
});

describe.each(publishedSchemas.map(({ name, schema }) => [name, schema] as const))("%s", (name, schema) => {
  test("has an example that its JSON Schema and its reader accept", () => {
    const example: unknown = JSON.parse(read(`${name}.example.json`));
    const validate = validator(name);
    expect({ valid: validate(example), errors: validate.errors }).toEqual({ valid: true, errors: null });
    expect(schema.parse(example)).toEqual(example);
  });
  test("refuses an object with a field that it does not know", () => {
    const example: object = JSON.parse(read(`${name}.example.json`));
    const stranger = { ...example, surprise: true };
    expect(validator(name)(stranger)).toBe(false);
    expect(schema.safeParse(stranger).success).toBe(false);
  });
  test("says its version, unless it is only a part of other formats", () => {
    const example: { readonly version?: number } = JSON.parse(read(`${name}.example.json`));
    expect(example.version).toBe(name === "finding" || name === "problem" ? undefined : 1);
  });
});

test("any model is accepted by the published schema", () => {
  const validate = validator("model");
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      const valid = validate(JSON.parse(JSON.stringify(model)));
      expect({ valid, errors: validate.errors }).toEqual({ valid: true, errors: null });
    }),
    { numRuns: 100 },
  );
});
