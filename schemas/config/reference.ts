import { configJsonSchema } from "./json-schema.ts";
import { configPaths } from "./find.ts";
import type { JsonSchema } from "./json-schema.ts";

/** The reference page of the configuration file: every key with its type, default and meaning. */
export function configReference(): string {
  const schema = configJsonSchema();
  const top = Object.entries(schema.properties ?? {}).map(entry);
  const groups = top.flatMap(([key, property]) => sections(key, property));
  return `${[HEADER, table(top), ...groups].join("\n\n")}\n`;
}

const HEADER = `# Configuration

<!-- Written by scripts/config-reference.ts from schemas/config. Do not edit. -->

QueryGenie reads the first of ${configPaths.map((path) => `\`${path}\``).join(", ")}. What the file leaves
out is found in the repository or has the default below. A flag on the command line wins over the file.

An existing \`.tbls.yml\` is read too, with its comments, labels, relations, viewpoints, checks, filters, dictionary and
format. It holds where \`querygenie.yml\` says nothing; a key of it that has no counterpart here is noted.

Editors check the file when it starts with

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/querygenie/schemas/config/querygenie.schema.json
\`\`\`

The smallest useful file:

\`\`\`yaml
name: Shop
databases:
  - id: shop
    engineVersion: "16"
    sources:
      - path: migrations
\`\`\``;

type Property = readonly [string, JsonSchema];

function entry([key, value]: readonly [string, boolean | JsonSchema]): Property {
  return [key, typeof value === "boolean" ? {} : value];
}

/** A section for each group of keys, the groups inside it after it. */
function sections(path: string, schema: JsonSchema): readonly string[] {
  const inner = inside(path, schema);
  if (!inner) return [];
  const properties = Object.entries(inner.schema.properties ?? {}).map(entry);
  const text = schema.description ?? inner.schema.description ?? "";
  const own = [`## \`${inner.path}\``, text, table(properties, inner.schema.required)]
    .filter((part) => part !== "")
    .join("\n\n");
  return [own, ...properties.flatMap(([key, property]) => sections(`${inner.path}.${key}`, property))];
}

/** The keys of a group, of each entry of a list, or of each named entry. */
function inside(path: string, schema: JsonSchema): { readonly path: string; readonly schema: JsonSchema } | null {
  if (schema.properties) return { path, schema };
  const { items, additionalProperties } = schema;
  if (typeof items === "object" && !Array.isArray(items)) return inside(`${path}[]`, items);
  if (typeof additionalProperties === "object") return inside(`${path}.<name>`, additionalProperties);
  return null;
}

function table(properties: readonly Property[], required: readonly string[] = []): string {
  const rows = properties.map(([key, schema]) => {
    const fallback = required.includes(key) ? "required" : defaultOf(schema);
    const cells = [`\`${key}\``, typeOf(schema), fallback, schema.description ?? ""];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  return ["| key | type | default | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return schema.anyOf.map((form) => typeOf(entry(["", form])[1])).join(" or ");
  if (typeof schema.items === "object" && !Array.isArray(schema.items)) return `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === "object") return `${typeOf(schema.additionalProperties)} by name`;
  return names[String(schema.type)] ?? String(schema.type);
}

const names: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  integer: "whole number",
  object: "group",
};

/** Only what a person would write: an empty group says nothing that its own table does not say. */
function defaultOf(schema: JsonSchema): string {
  const value = schema.default;
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? "" : `\`${JSON.stringify(value)}\``;
}
