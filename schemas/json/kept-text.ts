import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { sha256Schema } from "./manifest.ts";

export const KEPT_TEXT_VERSION = 1;

const check = z.string().regex(/^[0-9a-f]{16}$/);

const text = z.strictObject({
  text: z.string(),
  by: z.enum(["ai", "person"]),
  /** Start of the SHA-256 of the text as it was written here; another text was written by a person. */
  check,
});

/** `.querygenie/ai/<kind>/<id>.json`: what a model said about one object. Edit a text, and it is yours: it stays. */
export const keptTextSchema = z.strictObject({
  version: z.literal(KEPT_TEXT_VERSION),
  kind: z.enum(["table", "view", "enum", "domain", "composite", "range", "routine", "reference"]),
  id: z.string(),
  /** SHA-256 of everything the texts were written from; when it no longer fits, they are written anew. */
  key: sha256Schema,
  /** Family of the model, which is part of the key. */
  family: z.string(),
  /** By id of the object and of its columns. */
  texts: z.record(z.string(), text),
  /** Other words that people use for it. */
  aliases: z.array(z.string()).default([]),
  /** Questions that it answers. */
  questions: z.array(z.string()).default([]),
});
export type KeptText = Frozen<z.output<typeof keptTextSchema>>;

export const keptTextExample: KeptText = {
  version: KEPT_TEXT_VERSION,
  kind: "table",
  id: "sales.orders",
  key: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  family: "gemini",
  texts: {
    "sales.orders": { text: "Purchases that customers placed.", by: "ai", check: "02de77a9a1c0ba16" },
    "sales.orders.status": {
      text: "Where the order is on its way to the customer.",
      by: "person",
      check: "4d5b46b1ea0bc1d6",
    },
  },
  aliases: ["purchases"],
  questions: ["How many orders were placed last month?"],
};
