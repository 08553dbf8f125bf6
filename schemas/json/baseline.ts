import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { toolSchema } from "./report.ts";

export const BASELINE_VERSION = 1;

/** `.querygenie/baseline.json`: what was there when the review was introduced, and is not told again. */
export const baselineSchema = z.strictObject({
  version: z.literal(BASELINE_VERSION),
  tool: toolSchema,
  /** By fingerprint; rule and place are for readers. */
  findings: z.array(z.strictObject({ fingerprint: z.string(), rule: z.string(), place: z.string() })),
});
export type Baseline = Frozen<z.output<typeof baselineSchema>>;

export const baselineExample: Baseline = {
  version: BASELINE_VERSION,
  tool: "0.1.0",
  findings: [{ fingerprint: "7d1f0a9c52be4e11", rule: "set-not-null", place: "migrations/0027_order_status.sql:4" }],
};
