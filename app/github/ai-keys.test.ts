import { expect, test } from "vitest";
import { parseEnvironment } from "#schemas/config/environment.ts";
import { aiKeysOf, checkAiKeys, readAiKeys } from "./ai-keys.ts";

const TEXT = "outdoor/ANTHROPIC_API_KEY=OUTDOOR_KEY, Outdoor/OPENAI_API_KEY=OTHER , acme/GEMINI_API_KEY=ACME_KEY";
const variables = { OUTDOOR_KEY: "one", OTHER: "two", ACME_KEY: "three", OPENAI_API_KEY: "the server's own" };

test("gives an owner's jobs the keys of this owner alone, and never the server's", () => {
  const keys = readAiKeys(TEXT);
  expect(aiKeysOf(keys, "OUTDOOR", variables)).toEqual({ ANTHROPIC_API_KEY: "one", OPENAI_API_KEY: "two" });
  expect(aiKeysOf(keys, "acme", variables)).toEqual({ GEMINI_API_KEY: "three" });
  expect(aiKeysOf(keys, "stranger", variables)).toEqual({});
});

test("names what is not set, and no value", () => {
  expect(() => checkAiKeys(readAiKeys(TEXT), { ...variables, ACME_KEY: "" })).toThrow(
    "the environment variable ACME_KEY is missing",
  );
  expect(() => checkAiKeys(readAiKeys(TEXT), variables)).not.toThrow();
});

test.each([
  [TEXT, true],
  ["outdoor/ANTHROPIC_API_KEY=sk-ant-secret", false],
  ["outdoor/PATH=KEY", false],
  ["outdoor=KEY", false],
  ["outdoor/OPENAI_API_KEY=KEY,", false],
])("takes references and nothing else: %s", (text, isTaken) => {
  const { value, problems } = parseEnvironment({ QUERYGENIE_AI_KEYS: text });
  expect(value !== null).toBe(isTaken);
  expect(JSON.stringify(problems)).not.toContain("sk-ant");
});
