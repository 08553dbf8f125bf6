import { z } from "zod";
import type { ConfigInput } from "#schemas/config/schema.ts";
import type { FakeStep } from "./fake-provider.ts";
import type { AiRequest } from "#generators/ai/ai.ts";
import { buildPrompt } from "#generators/ai/prompt.ts";

export const schema = z.strictObject({ text: z.string() });
export type Answer = z.output<typeof schema>;

export const prompt = buildPrompt({
  level: "schema",
  dialect: "postgres",
  system: "Describe the tables.",
  data: { names: ["sales.orders"] },
});

export const good: FakeStep = { answer: { text: "Orders of the shop." } };

export interface Case {
  readonly name: string;
  /** What the providers do, in the order for simple tasks. */
  readonly gemini?: readonly FakeStep[];
  readonly openai?: readonly FakeStep[];
  readonly anthropic?: readonly FakeStep[];
  readonly ai?: ConfigInput["ai"];
  readonly request?: Partial<AiRequest<Answer>>;
  /** Provider and outcome of each call. */
  readonly attempts: readonly string[];
  /** Provider that wrote it and why it was no model. */
  readonly by: string;
  readonly slept?: number;
}

export const cases: readonly Case[] = [
  { name: "asks the first provider that has a key", openai: [good], attempts: ["openai answer"], by: "openai" },
  {
    name: "asks for little first at the free one",
    gemini: [good],
    anthropic: [good],
    attempts: ["gemini answer"],
    by: "gemini",
  },
  {
    name: "asks the best one first for what needs thought",
    gemini: [good],
    anthropic: [good],
    request: { complexity: "complex" },
    attempts: ["anthropic answer"],
    by: "anthropic",
  },
  {
    name: "follows the order of the configuration",
    gemini: [good],
    anthropic: [good],
    ai: { providers: ["anthropic", "gemini"] },
    attempts: ["anthropic answer"],
    by: "anthropic",
  },
  { name: "writes offline when there is no key", attempts: [], by: "offline no-provider" },
  {
    name: "asks nobody when models are off",
    gemini: [good],
    ai: { enabled: false },
    attempts: [],
    by: "offline disabled",
  },
  {
    name: "sends nothing at privacy off",
    gemini: [good],
    ai: { privacy: "off" },
    attempts: [],
    by: "offline disabled",
  },
  {
    name: "waits as long as a rate limit says and asks the same again",
    gemini: [{ reason: "rate-limit", retryAfterMs: 3000 }, good],
    openai: [good],
    attempts: ["gemini rate-limit", "gemini answer"],
    by: "gemini",
    slept: 3000,
  },
  {
    name: "goes on to the next when a rate limit is long",
    gemini: [{ reason: "rate-limit", retryAfterMs: 3_600_000 }],
    openai: [good],
    attempts: ["gemini rate-limit", "openai answer"],
    by: "openai",
    slept: 0,
  },
  {
    name: "goes on when a rate limit names no time",
    gemini: [{ reason: "rate-limit" }],
    openai: [good],
    attempts: ["gemini rate-limit", "openai answer"],
    by: "openai",
    slept: 0,
  },
  {
    name: "waits for a rate limit once only",
    gemini: [{ reason: "rate-limit", retryAfterMs: 1000 }],
    openai: [good],
    attempts: ["gemini rate-limit", "gemini rate-limit", "openai answer"],
    by: "openai",
    slept: 1000,
  },
  ...(["daily-quota", "auth", "payment", "unknown-model", "refused", "bad-request"] as const).map((reason) => ({
    name: `goes on to the next after ${reason}`,
    gemini: [{ reason }],
    openai: [good],
    attempts: [`gemini ${reason}`, "openai answer"],
    by: "openai",
    slept: 0,
  })),
  ...(["overloaded", "timeout", "network"] as const).map((reason) => ({
    name: `asks once more after ${reason}, then the next`,
    gemini: [{ reason }],
    openai: [good],
    attempts: [`gemini ${reason}`, `gemini ${reason}`, "openai answer"],
    by: "openai",
    slept: 500,
  })),
  {
    name: "asks for a repair of what is no JSON",
    gemini: [{ text: "Sure! Here is" }, good],
    attempts: ["gemini unusable", "gemini answer"],
    by: "gemini",
  },
  {
    name: "asks for a repair of another form",
    gemini: [{ answer: { words: 1 } }, good],
    attempts: ["gemini unusable", "gemini answer"],
    by: "gemini",
  },
  {
    name: "asks for a repair of what its own check refuses",
    gemini: [{ answer: { text: "wrong" } }, good],
    request: { check: ({ text }) => (text === "wrong" ? "There is no such column." : null) },
    attempts: ["gemini unusable", "gemini answer"],
    by: "gemini",
  },
  {
    name: "repairs once, then asks the next",
    gemini: [{ text: "no" }],
    openai: [good],
    attempts: ["gemini unusable", "gemini unusable", "openai answer"],
    by: "openai",
  },
  {
    name: "takes an answer out of its fence",
    gemini: [{ text: '```json\n{"text":"Orders."}\n```' }],
    attempts: ["gemini answer"],
    by: "gemini",
  },
  {
    name: "gives an answer that was cut more room",
    gemini: [{ reason: "truncated" }, good],
    attempts: ["gemini truncated", "gemini answer"],
    by: "gemini",
  },
  {
    name: "sends less when the context is too long",
    gemini: [{ reason: "context-too-long" }, good],
    request: { shorter: () => prompt },
    attempts: ["gemini context-too-long", "gemini answer"],
    by: "gemini",
  },
  {
    name: "stops after four calls for one answer",
    gemini: [{ text: "no" }],
    openai: [{ text: "no" }],
    anthropic: [good],
    attempts: ["gemini unusable", "gemini unusable", "openai unusable", "openai unusable"],
    by: "offline unusable",
  },
  {
    name: "makes no call the budget does not hold",
    gemini: [good],
    ai: { budget: { tokens: 1000 } },
    attempts: [],
    by: "offline budget",
  },
  {
    name: "makes no call the month does not hold",
    gemini: [good],
    ai: { budget: { month: { calls: 0 } } },
    attempts: [],
    by: "offline budget",
  },
];
