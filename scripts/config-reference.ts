import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { configJsonSchemaText } from "#schemas/config/json-schema.ts";
import { configReference } from "#schemas/config/reference.ts";
import { layoutsReference } from "#schemas/frameworks/reference.ts";
import { actionMetadata } from "#action/runner/action-metadata.ts";
import { rulesReference } from "./rules-reference.ts";
import { environmentExample } from "#schemas/config/environment.ts";

/** Files that are written from the configuration's schema, by path from the repository's root. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  ".env.example": environmentExample,
  "action.yml": actionMetadata,
  "docs/reference/config.md": configReference,
  "docs/reference/layouts.md": layoutsReference,
  "docs/reference/rules.md": rulesReference,
  "schemas/config/querygenie.schema.json": configJsonSchemaText,
};

if (import.meta.main) {
  for (const [path, text] of Object.entries(generatedFiles)) {
    const target = join(import.meta.dirname, "..", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text());
    console.log(`wrote ${path}`);
  }
}
