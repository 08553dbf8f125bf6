import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { configJsonSchema } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

const validate = new Ajv2020({ strict: false, formats: { uri: true } }).compile(configJsonSchema());

test("accepts the shop's configuration", () => {
  const text = readFileSync(join(import.meta.dirname, "../../examples/shop/querygenie.yml"), "utf8");
  expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
});

test("accepts a file that leaves out what has a default", () =>
  expect(validate({ site: {}, databases: [{ id: "shop" }] })).toBe(true));
test("refuses an unknown key", () => expect(validate({ databse: [] })).toBe(false));

test("every key says what it means", () => {
  expect(silent(configJsonSchema(), "")).toEqual([]);
});

/** Keys without a description, wherever they are. */
function silent(schema: JsonSchema, path: string): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    if (typeof value === "boolean") return [];
    const here = `${path}.${key}`;
    return [...(value.description ? [] : [here]), ...silent(value, here)];
  });
  const { items, additionalProperties } = schema;
  const inner = typeof items === "object" && !Array.isArray(items) ? silent(items, `${path}[]`) : [];
  return [
    ...own,
    ...inner,
    ...(typeof additionalProperties === "object" ? silent(additionalProperties, `${path}.*`) : []),
  ];
}
