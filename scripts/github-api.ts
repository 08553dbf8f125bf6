/**
 * `npm run github-api`: drives the double of GitHub with the real client and holds every request and answer of its log
 * against GitHub's own description of its API, and our GraphQL against its schema. An answer of the double may leave out
 * what we do not read, which is counted; what it has must be as described. The two packages weigh 400 MB, so they
 * are no dependencies: install @octokit/openapi, @octokit/graphql-schema and graphql in a folder of its own and name it:
 * `npm run github-api -- ../github-api`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { findingExample } from "#schemas/json/finding.ts";
import { COMMIT } from "#action/github/commit-files.ts";
import { QUERY } from "#action/github/pull-request-state.ts";
import { MINIMIZE, RESTORE } from "#action/github/put-review.ts";
import { MIGRATION, publisherWorld } from "#test/support/publisher-world.ts";

const folder = resolve(process.argv[2] ?? ".");
const require = createRequire(join(folder, "package.json"));
const [openapi, graphql] = ["@octokit/openapi", "graphql"].map((name) => {
  try {
    return require(name);
  } catch (error) {
    console.error(`${name} cannot be loaded from ${folder}; see the top of this script.`, error);
    process.exit(2);
  }
});

const description = openapi.schemas["api.github.com"];
const faults: string[] = [];
let leftOut = 0;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: "github", ...Object(toJsonSchema(description)) });

await holdRest();
holdGraphql();
for (const fault of new Set(faults)) console.log(fault);
console.log(`${leftOut} fields that GitHub sends are left out of the double's answers.`);
console.log(faults.length === 0 ? "All calls are as GitHub describes them." : `${faults.length} differences.`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function holdRest(): Promise<void> {
  const world = await publisherWorld();
  const { publisher, pull, target } = world;
  const read = () => publisher.readPullRequest(pull.number);
  const finding = {
    ...findingExample,
    span: { file: "migrations/0002.sql", line: 1, column: 1, endLine: 1, endColumn: 9 },
  };
  const files = { additions: [{ path: "docs/a.md", content: Buffer.from("a") }], deletions: [] };
  const head = world.repository.bare.resolve("main") ?? "";
  const commit = { branch: "main", head, message: { headline: "x", body: "" }, filesAt: () => Promise.resolve(files) };
  await publisher.comment(await read(), { key: "", body: "one" });
  await publisher.comment(await read(), { key: "", body: "two" });
  await publisher.comment(await read(), { key: "", body: null });
  await publisher.review(await read(), { findings: [finding], commit: world.head(), textOf: () => MIGRATION });
  await publisher.labels(await read(), ["database"]);
  await publisher.labels(await read(), []);
  await publisher.uploadSarif({ sarif: "{}", commit: world.head(), ref: "refs/pull/1/merge" });
  await publisher.commitByPullRequest({ ...commit, title: "x", text: "y" }, target);
  for (const { call, status, body, answer } of world.github.log) {
    if (!call.startsWith("GRAPHQL")) holdCall(call, status, body, answer);
  }
  await world.github.close();
}

function holdCall(call: string, status: number, body: unknown, answer: unknown): void {
  const [method = "", path = ""] = call.split(" ");
  const described = Object.keys(description.paths).find((one) => patternOf(one).test(path));
  const operation = described && description.paths[described][method.toLowerCase()];
  if (!operation) return void faults.push(`${call}: GitHub has no such call`);
  const at = `github#/paths/${escapePart(described)}/${method.toLowerCase()}`;
  const own = "content/application~1json/schema";
  if (operation.requestBody?.content?.["application/json"]) {
    faults.push(...differences(`${at}/requestBody/${own}`, body).map((one) => `${call} request: ${one.text}`));
  }
  const response = operation.responses[String(status)];
  if (!response) faults.push(`${call}: GitHub does not answer with ${status}`);
  else if (response.content?.["application/json"]) {
    for (const { text, isLeftOut } of differences(`${at}/responses/${status}/${own}`, answer)) {
      if (isLeftOut) leftOut += 1;
      else faults.push(`${call} ${status}: ${text}`);
    }
  }
}

/** Where a value is not as described; `isLeftOut` where a field is missing. */
function differences(ref: string, value: unknown): readonly { readonly text: string; readonly isLeftOut: boolean }[] {
  const isValid = ajv.compile({ $ref: ref });
  if (isValid(JSON.parse(JSON.stringify(value)))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message, keyword }) => ({
    text: `${instancePath} ${message}`,
    isLeftOut: keyword === "required",
  }));
}

function holdGraphql(): void {
  const schema = graphql.buildSchema(
    readFileSync(join(folder, "node_modules/@octokit/graphql-schema/schema.graphql"), "utf8"),
    // The description itself has two fields twice.
    { assumeValidSDL: true },
  );
  for (const text of [QUERY, COMMIT, MINIMIZE, RESTORE]) {
    for (const error of graphql.validate(schema, graphql.parse(text))) faults.push(`GraphQL: ${error.message}`);
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{ref\}/g, ".+").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function escapePart(text: string): string {
  return encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** OpenAPI 3.0 says `nullable` where JSON Schema lists the type null. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => key !== "nullable" && key !== "example" && key !== "examples");
  const plain: Record<string, unknown> = Object.fromEntries(entries.map(([key, value]) => [key, toJsonSchema(value)]));
  return Reflect.get(node, "nullable") === true ? { anyOf: [{ type: "null" }, plain] } : plain;
}
