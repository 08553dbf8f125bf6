import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generatedFiles } from "./config-reference.ts";

test.each(Object.entries(generatedFiles))(
  "%s is what the schema says; scripts/config-reference.ts writes it",
  (path, text) => {
    expect(readFileSync(join(import.meta.dirname, "..", path), "utf8")).toBe(text());
  },
);
