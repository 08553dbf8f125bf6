import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { aiUsageExample, aiUsageLineSchema } from "./ai-usage.ts";
import { problemExample, problemSchema } from "./problem.ts";
import { engineSchema } from "./report.ts";

export const BUILD_RESULT_VERSION = 1;

const count = z.int().min(0);

/** What `querygenie build --format json` prints. */
export const buildResultSchema = z.strictObject({
  version: z.literal(BUILD_RESULT_VERSION),
  /** True when nothing had to be made, for the input is that of the last build. */
  upToDate: z.boolean(),
  /** Paths, relative to the repository's root. */
  written: z.array(z.string()),
  removed: z.array(z.string()),
  unchanged: count,
  databases: z.array(
    z.strictObject({
      id: z.string(),
      complete: z.boolean(),
      engine: engineSchema,
      files: count,
      statements: z.strictObject({ total: count, applied: count, shimmed: count, failed: count }),
      tables: count,
      views: count,
    }),
  ),
  /** Texts of language models; absent when nothing was run. */
  texts: z
    .strictObject({
      objects: count,
      /** Objects whose committed text still fits. */
      kept: count,
      /** Objects described in this build. */
      written: count,
      /** Objects with offline text only. */
      left: count,
      /** Objects with a text that a person changed. */
      edited: count,
      /** Calls of this build. */
      usage: z.array(aiUsageLineSchema),
    })
    .exactOptional(),
  problems: z.array(problemSchema),
});
export type BuildOutput = Frozen<z.output<typeof buildResultSchema>>;

export const buildResultExample: BuildOutput = {
  version: BUILD_RESULT_VERSION,
  upToDate: false,
  written: ["docs/database/sales.orders.md"],
  removed: [],
  unchanged: 44,
  databases: [
    {
      id: "shop",
      complete: false,
      engine: { name: "PostgreSQL", version: "18.6" },
      files: 28,
      statements: { total: 241, applied: 239, shimmed: 1, failed: 1 },
      tables: 34,
      views: 4,
    },
  ],
  texts: { objects: 48, kept: 46, written: 2, left: 0, edited: 1, usage: aiUsageExample.months["2026-11"] ?? [] },
  problems: [problemExample],
};
