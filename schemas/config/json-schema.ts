import { z } from "zod";
import { configFileSchema } from "./schema.ts";
import type { KeyPath } from "./yaml-file.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The published JSON Schema of the configuration file, from the same descriptions as the reference page. */
export function configJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configFileSchema, { io: "input", target: "draft-2020-12" });
  return { title: "QueryGenie configuration", description: "The file querygenie.yml.", ...schema };
}

/** The text of the committed file. */
export function configJsonSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

/** The keys that are known at a place of the file, as the schema declares them. */
export function keysAt(path: KeyPath): readonly string[] {
  let schema: JsonSchema | undefined = configJsonSchema();
  for (const part of path) schema = child(schema, part);
  return Object.keys(schema?.properties ?? {});
}

function child(schema: JsonSchema | undefined, part: PropertyKey): JsonSchema | undefined {
  if (!schema) return undefined;
  const item =
    typeof part === "number" ? schema.items : (schema.properties?.[String(part)] ?? schema.additionalProperties);
  if (Array.isArray(item)) return undefined;
  return typeof item === "object" ? item : undefined;
}
