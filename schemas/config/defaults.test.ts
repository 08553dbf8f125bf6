import { expect, test } from "vitest";
import { parseConfigOver } from "./load.ts";

const OWNER = "ai: { enabled: false, language: de }\nreview:\n  failOn: never\n  rules: all\nsite: { releases: 3 }\n";
const over = (own: string | null, defaults: string = OWNER) =>
  parseConfigOver(own === null ? null : { path: "querygenie.yml", text: own }, {
    path: "defaults.yml",
    text: defaults,
  });

test.each([
  ["holds where the repository has no file", null, { ai: { enabled: false }, review: { failOn: "never" } }],
  ["holds where the file is empty", "", { review: { failOn: "never", rules: "all" } }],
  [
    "is overridden key by key",
    "review: { failOn: error }",
    { ai: { enabled: false }, review: { failOn: "error", rules: "all" } },
  ],
  [
    "is no list that grows",
    "review: { rules: [drop-column] }",
    { review: { failOn: "never", rules: ["drop-column"] } },
  ],
])("an owner's file %s", (_what, own, expected) => {
  const { value, problems } = over(own);
  expect(problems).toEqual([]);
  expect(value?.file).toMatchObject(expected);
  expect(value?.path).toBe(own === null ? null : "querygenie.yml");
});

test("a fault of the owner's file is told in words: it is no file of the repository", () => {
  const { value, problems } = over("name: Shop", "name: Shop\nreview: { failOn: sometimes }\n");
  expect(value).toBeNull();
  expect(problems).toMatchObject([{ message: expect.stringMatching(/^the owner's defaults, line 2: .*failOn/) }]);
  expect(problems[0]).not.toHaveProperty("origin");
  expect(problems[0]?.help).toContain("repository .github");
});

test("a fault of the repository's file stands where it is", () => {
  const { problems } = over("name: Shop\nreview:\n  failOn: sometimes\n");
  expect(problems).toMatchObject([{ origin: { file: "querygenie.yml", line: 3 } }]);
});

test("no name of an object's own parts comes in", () => {
  const { value } = over('descriptions: {}\n"__proto__": { polluted: true }\n'.replace("descriptions: {}\n", ""));
  expect(value).toBeNull();
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
