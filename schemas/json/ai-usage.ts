import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const AI_USAGE_VERSION = 1;

const count = z.int().min(0);

/** Calls of one task to one model. */
export const aiUsageLineSchema = z.strictObject({
  task: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: count,
  /** Calls without an answer that could be used. */
  failed: count,
  inputTokens: count,
  outputTokens: count,
  /** US dollars; null when the model has no known price. */
  cost: z.number().min(0).nullable(),
});
export type AiUsageLine = Frozen<z.output<typeof aiUsageLineSchema>>;

/** `.querygenie/usage.json`: what language models were used for, by month (UTC). Budgets of a month count from it. */
export const aiUsageSchema = z.strictObject({
  version: z.literal(AI_USAGE_VERSION),
  months: z.record(z.string().regex(/^\d{4}-\d{2}$/), z.array(aiUsageLineSchema)),
});
export type AiUsage = Frozen<z.output<typeof aiUsageSchema>>;

const lineExample: AiUsageLine = {
  task: "describe-tables",
  provider: "gemini",
  model: "gemini-3.8-flash",
  calls: 3,
  failed: 0,
  inputTokens: 5210,
  outputTokens: 1804,
  cost: 0,
};

export const aiUsageExample: AiUsage = { version: AI_USAGE_VERSION, months: { "2026-11": [lineExample] } };
