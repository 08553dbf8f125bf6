import { publishedJsonSchema, publishedSchemas } from "./published-schemas.ts";

/** The published files by their names in `schemas/json/published`: a JSON Schema and an example of each format. */
export function publishedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const published of publishedSchemas) {
    files.set(`${published.name}.schema.json`, print(publishedJsonSchema(published)));
    files.set(`${published.name}.example.json`, print(published.example));
  }
  return files;
}

function print(json: unknown): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}
