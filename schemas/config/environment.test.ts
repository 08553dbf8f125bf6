import { expect, test } from "vitest";
import { environmentSchema, parseEnvironment } from "./environment.ts";

test("needs no variable at all", () =>
  expect(parseEnvironment({}).value).toEqual({
    HOST: "127.0.0.1",
    QUERYGENIE_CACHE_MEGABYTES: 1024,
    QUERYGENIE_LOG: "info",
    QUERYGENIE_ANSWER_SECONDS: 300,
    QUERYGENIE_PROXIES: 0,
    QUERYGENIE_RETENTION_DAYS: 90,
  }));

test("takes an empty variable for none", () =>
  expect(parseEnvironment({ PORT: "", OPENAI_API_KEY: "" }).value).not.toHaveProperty("PORT"));
test("keeps to the variables it knows", () =>
  expect(parseEnvironment({ PATH: "/bin", PORT: "80" }).value).not.toHaveProperty("PATH"));

test("names each variable that cannot be used and never shows its value", () => {
  const { value, problems } = parseEnvironment({ PORT: "eighty", QUERYGENIE_LOG: "s3cret" });
  expect(value).toBeNull();
  expect(problems.map((problem) => problem.code)).toEqual(["QG601", "QG601"]);
  expect(problems.map((problem) => problem.message).join()).toMatch(/QUERYGENIE_LOG.*PORT|PORT.*QUERYGENIE_LOG/);
  expect(JSON.stringify(problems)).toContain("Allowed: error, warn, info, debug");
  expect(JSON.stringify(problems)).not.toMatch(/eighty|s3cret/);
});

test.each([
  ["QUERYGENIE_HOSTS", "docs.example.org, localhost", "https://docs.example.org"],
  ["QUERYGENIE_PROXIES", "1", "-1"],
  ["QUERYGENIE_RATE", "0", "1.5"],
  ["QUERYGENIE_CONNECTIONS", "production,staging-2", "postgres://shop"],
  ["QUERYGENIE_TOKEN", "0123456789abcdef0123456789abcdef", "0123456789abcdef"],
  ["QUERYGENIE_METRICS_TOKEN", "0123456789abcdef", "short"],
])("takes %s=%j and not %j", (name, right, wrong) => {
  expect(parseEnvironment({ [name]: right }).problems).toEqual([]);
  expect(parseEnvironment({ [name]: wrong }).problems.map(({ message }) => message)).toEqual([
    `the environment variable ${name} has a value that cannot be used`,
  ]);
});

test("takes the variables of a GitHub App together or not at all", () => {
  const all = {
    GITHUB_APP_ID: "12",
    GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\\nx",
    GITHUB_WEBHOOK_SECRET: "0123456789abcdef",
  };
  expect(parseEnvironment(all).problems).toEqual([]);
  const { GITHUB_WEBHOOK_SECRET: _, ...two } = all;
  expect(parseEnvironment(two).problems).toMatchObject([
    { code: "QG601", message: "the environment variable GITHUB_WEBHOOK_SECRET is missing" },
  ]);
});

test("every variable says what it is for", () => {
  for (const [name, schema] of Object.entries(environmentSchema.shape))
    expect([name, schema.description]).not.toContain(undefined);
});
