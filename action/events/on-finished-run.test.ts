import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { actionReportExample, type ActionReport } from "#schemas/json/action-report.ts";
import { actionMarkdown } from "#generators/review/report/action-markdown.ts";
import { publisherWorld, type PublisherWorld } from "#test/support/publisher-world.ts";
import { readInputs } from "../runner/inputs.ts";
import { processRunner } from "../runner/runner.ts";
import { runnerTerminal } from "../runner/runner-terminal.ts";
import { onFinishedRun } from "./on-finished-run.ts";

let world: PublisherWorld;
let folder = "";
beforeAll(async () => {
  world = await publisherWorld();
  folder = mkdtempSync(join(tmpdir(), "querygenie-poster-"));
});
beforeEach(() => {
  world.pull.comments.length = 0;
});
afterAll(async () => {
  await world.github.close();
  rmSync(folder, { recursive: true, force: true });
});

async function post(report: unknown, event: { head?: string; of?: string } = {}) {
  writeFileSync(join(folder, "report.json"), typeof report === "string" ? report : JSON.stringify(report));
  return await postFile("report.json", event);
}

async function postFile(
  path: string,
  { head = world.head(), of = "pull_request" }: { head?: string; of?: string } = {},
) {
  const runner = processRunner({}, () => undefined);
  const { value: inputs } = readInputs({ INPUT_REPORT: path });
  return await onFinishedRun(
    {
      inputs,
      runner,
      terminal: runnerTerminal(runner),
      publisher: world.publisher,
      target: { ...world.target, cwd: folder },
      root: folder,
      prefix: "",
      ref: "",
      commit: "",
    },
    { kind: "finished-run", of, head, headBranch: "change", headOwner: "outdoor" },
  );
}

test("comments with the words that the run itself would have used, diagrams apart", async () => {
  await post(actionReportExample);
  const [, ...lines] = world.pull.comments[0]?.body.split("\n") ?? [];
  expect(lines.join("\n")).toBe(actionMarkdown(actionReportExample, { limit: 64_000, isOfStranger: true }));
});

test.each([
  ["what is no JSON", "{", "QG813"],
  ["another shape", { version: 1, comment: "@everyone" }, "QG813"],
  ["a field too many", { ...actionReportExample, body: "x" }, "QG813"],
  ["more than it may have", "x".repeat(8_000_001), "QG813"],
] as const)("refuses %s", async (_, report, code) => {
  await expect(post(report)).rejects.toMatchObject({ problems: [{ code }] });
  expect(world.pull.comments).toEqual([]);
});

test("reads no file through a link", async () => {
  symlinkSync("/etc/hostname", join(folder, "link.json"));
  await expect(postFile("link.json")).rejects.toMatchObject({ problems: [{ code: "QG813" }] });
});

const [database] = actionReportExample.databases;
const withReview = (change: object): ActionReport => ({
  ...actionReportExample,
  databases: [{ id: "shop", problems: [], review: { ...(database?.review ?? never()), ...change } }],
});
function never(): never {
  throw new Error("the example has a review");
}

test.each([
  ["an engine", withReview({ measured: { engine: { name: "[x](https://evil.example)", version: "1" } } })],
  ["a summary", withReview({ summary: "@outdoor/everyone" })],
  [
    "a rule",
    withReview({
      findings: (database?.review?.findings ?? []).map((one) => ({ ...one, rule: "](https://evil.example)" })),
    }),
  ],
])("refuses %s that no run of ours would write", async (_, report) => {
  await expect(post(report)).rejects.toMatchObject({ problems: [{ code: "QG813" }] });
});

test("shows a stranger's text as text", async () => {
  const evil = "@everyone ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> `";
  const report = withReview({
    findings: (database?.review?.findings ?? []).map((one) => ({ ...one, message: evil, help: evil })),
    changes: [[evil, { code: evil }]],
    files: ["`](https://evil.example)`"],
    queries: [{ file: "q.sql", line: 1, lastLine: 9, sql: evil }],
    statements: [],
    words: { text: "A model says it is safe.", by: evil },
  });
  const call = { provider: evil, model: evil, calls: 1, failed: 0, inputTokens: 1, outputTokens: 1, cost: null };
  await post({
    ...report,
    usage: [{ ...call, task: evil }],
    silenced: [{ fingerprint: "x", rule: evil, place: evil, by: evil, reason: evil }],
  });
  const body = (world.pull.comments[0]?.body ?? "").replaceAll(/(`+)[^`]?.*?\1/g, "");
  expect(body).not.toMatch(/(?<![\\\w])<img/);
  expect(body).not.toContain("@everyone");
  expect(body).not.toMatch(/https:\/\/evil/);
  expect(body, "only our own runs speak for a model").not.toMatch(/A model says|Language models/);
});

test("says nothing about a commit that is gone, a pull request that is none, or another event", async () => {
  expect((await post(actionReportExample, { head: "0".repeat(40) })).said).toContain("No open pull request");
  expect((await post(actionReportExample, { of: "push" })).said).toContain("not of a pull request");
  expect(world.pull.comments).toEqual([]);
});
