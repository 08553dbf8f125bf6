import type { AnswerSchema } from "./provider.ts";

/** What some provider refuses in a schema. The answer is held to the whole schema afterwards all the same. */
const REFUSED: ReadonlySet<string> = new Set([
  "$schema",
  "default",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxItems",
  "maxLength",
  "maximum",
  "minItems",
  "minLength",
  "minimum",
  "multipleOf",
  "pattern",
]);

/** The schema without the key words that not every provider takes: form stays, limits go. */
export function portableSchema(schema: AnswerSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
      if (REFUSED.has(key)) return [];
      // Names of properties are not key words, whatever they are called.
      if (key === "properties" && isObject(value)) {
        return [[key, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)]))]];
      }
      return [[key, inner(value)]];
    }),
  );
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  return isObject(value) ? portableSchema(value) : value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
