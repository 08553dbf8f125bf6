import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { sha256Schema } from "./manifest.ts";

export const KEPT_EXAMPLES_VERSION = 1;

const column = z.strictObject({
  /** SHA-256 of what the values were asked with; when it no longer fits, they are asked for anew. */
  key: sha256Schema,
  /** Family of the model, which is part of the key. */
  family: z.string(),
  /** Values that fixtures draw from. Empty: what the model gave does not fit, and it is not asked again. */
  values: z.array(z.string()),
  by: z.enum(["ai", "person"]),
  /** Start of the SHA-256 of the values as they were written here; others were written by a person. */
  check: z.string().regex(/^[0-9a-f]{16}$/),
});

/** `.querygenie/ai/examples/<table>.json`: values that a model gave for columns of a table. Edit them, and they stay. */
export const keptExamplesSchema = z.strictObject({
  version: z.literal(KEPT_EXAMPLES_VERSION),
  /** The table. */
  id: z.string(),
  /** By id of the column. */
  columns: z.record(z.string(), column),
});
export type KeptExamples = Frozen<z.output<typeof keptExamplesSchema>>;

export const keptExamplesExample: KeptExamples = {
  version: KEPT_EXAMPLES_VERSION,
  id: "sales.products",
  columns: {
    "sales.products.name": {
      key: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      family: "gemini",
      values: ["Walnut writing desk", "Linen floor lamp", "Stackable oak stool"],
      by: "ai",
      check: "02de77a9a1c0ba16",
    },
  },
};
