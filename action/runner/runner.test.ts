import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findingExample } from "#schemas/json/finding.ts";
import { readLog } from "#test/support/run-action.ts";
import { readInputs } from "./inputs.ts";
import { noOutputs } from "./outputs.ts";
import { readEvent } from "./run-event.ts";
import { processRunner } from "./runner.ts";

const folder = mkdtempSync(join(tmpdir(), "querygenie-runner-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function heard(work: (runner: ReturnType<typeof processRunner>) => void) {
  let log = "";
  work(processRunner({}, (text) => (log += text)));
  return readLog(log);
}

describe("the runner", () => {
  test("obeys no command that stands in a printed text", () => {
    const { annotations, masked, log } = heard((runner) => {
      runner.say("::error::forged");
      runner.say("a line\n::add-mask::forged\n::set-output name=x::y");
    });
    expect([annotations, masked]).toEqual([[], []]);
    expect(log).toContain("::error::forged");
  });

  test("shows at most ten marks of a kind and says how many there are more", () => {
    const findings = Array.from({ length: 25 }, () => findingExample);
    const { annotations } = heard((runner) => runner.annotate(findings, []));
    expect(annotations.filter(({ kind }) => kind === "error")).toHaveLength(9);
    expect(annotations.at(-1)?.text).toContain("16 more findings");
  });

  test("keeps a finding's text inside its command", () => {
    const message = "one\n::error::two%0A::warning::three";
    const { annotations } = heard((runner) => runner.annotate([{ ...findingExample, message }], []));
    expect(annotations).toHaveLength(1);
  });

  test("masks a secret on one line", () => {
    expect(heard((runner) => runner.mask("a\nb")).masked).toEqual(["a b"]);
  });

  test("sets every output, whatever is in it", async () => {
    const path = join(folder, "output");
    writeFileSync(path, "");
    const runner = processRunner({ GITHUB_OUTPUT: path }, () => undefined);
    await runner.outputs({ ...noOutputs, "report-path": "x\nfindings<<EOF\n9\nEOF" });
    const text = readFileSync(path, "utf8");
    for (const name of Object.keys(noOutputs)) expect(text).toMatch(new RegExp(`^${name}<<end-`, "m"));
    expect(new Set(text.match(/end-[\w-]+/g)).size).toBe(Object.keys(noOutputs).length);
  });
});

describe("inputs", () => {
  test("have the values of the configuration's keys", () => {
    expect(readInputs({ "INPUT_FAIL-ON": "never", "INPUT_DRY-RUN": "true" }).value).toMatchObject({
      "fail-on": "never",
      "dry-run": true,
      "line-comments": true,
      "working-directory": ".",
    });
  });

  test.each([
    ["INPUT_FAIL-ON", "sometimes", "error, warning, never"],
    ["INPUT_DRY-RUN", "yes", "true, false"],
    ["INPUT_PUBLISH-MODE", "push", "commit, pull-request, none"],
  ])("%s refuses %j and lists what is allowed", (name, value, allowed) => {
    expect(readInputs({ [name]: value }).problems).toMatchObject([{ code: "QG811", help: `Allowed: ${allowed}.` }]);
  });
});

const sha = "a".repeat(40);
const repository = { full_name: "outdoor/shop", default_branch: "main" };
const pull = (head: string | null, login = "ada") => ({
  action: "opened",
  repository,
  pull_request: {
    number: 7,
    user: { login },
    head: { sha, ref: "$(touch x)", repo: head === null ? null : { full_name: head } },
    base: { sha, ref: "main", repo: { full_name: "outdoor/shop" } },
  },
});

describe("an event", () => {
  test.each([
    ["a branch of the repository", pull("outdoor/shop"), false],
    ["a fork", pull("mallory/shop"), true],
    ["a fork that was deleted", pull(null), true],
    ["Dependabot", pull("outdoor/shop", "dependabot[bot]"), true],
  ])("of a pull request from %s", (_, payload, isRestricted) => {
    expect(readEvent({ name: "pull_request", payload, ref: "", sha: "" })).toMatchObject({ number: 7, isRestricted });
  });

  test.each([
    ["a push to a tag", "push", { ref: "refs/tags/v1", after: sha, repository }, "refs/tags/v1"],
    ["a deleted branch", "push", { ref: "refs/heads/x", after: sha, deleted: true, repository }, "refs/heads/x"],
    ["a payload of another shape", "pull_request", { pull_request: 7 }, ""],
    ["an event that is not ours", "issues", {}, ""],
    ["no payload", "push", null, "refs/heads/main"],
  ])("that is %s is none of ours", (_, name, payload, ref) => {
    expect(readEvent({ name, payload, ref, sha })).toEqual({ kind: "other", name });
  });
});
