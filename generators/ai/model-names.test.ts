import { expect, test } from "vitest";
import { aiSchema } from "#schemas/config/ai.ts";
import { allowedRoute, modelNames } from "./model-names.ts";

const ai = aiSchema.parse({ providers: ["anthropic", "openai"], models: { anthropic: "large", openai: "other" } });

test("names the models of providers with a key, in the configured order", () => {
  expect(modelNames(ai, "ask", ["openai", "anthropic", "gemini"])).toEqual([
    { id: "anthropic/large", provider: "anthropic", model: "large", isDefault: true },
    { id: "openai/other", provider: "openai", model: "other", isDefault: false },
  ]);
});

test.each([{ enabled: false }, { privacy: "off" as const }])("names none with %j", (more) => {
  expect(modelNames({ ...ai, ...more }, "ask", ["openai"])).toEqual([]);
});

test.each([
  ["openai/other", "openai/other"],
  ["openai", "openai/other"],
  ["openai/gpt-most-expensive", "QG785"],
  ["gemini", "QG781"],
  ["nobody", "QG780"],
])("of %s comes %s", (words, expected) => {
  const { value, problems } = allowedRoute(ai, words, { task: "ask", available: ["anthropic", "openai"] });
  expect(value ? `${value.provider}/${value.model}` : problems[0]?.code).toBe(expected);
});
