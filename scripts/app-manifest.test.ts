import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { isEvent } from "#app/github/job.ts";

const root = join(import.meta.dirname, "..");
const manifest = z
  .strictObject({
    name: z.string(),
    url: z.url(),
    hook_attributes: z.strictObject({ url: z.url() }),
    public: z.literal(false),
    default_permissions: z.record(z.string(), z.enum(["read", "write"])),
    default_events: z.array(z.string()),
  })
  .parse(parse(readFileSync(join(root, "deploy/app.yml"), "utf8")));

/** What each call needs, as GitHub's reference has it; null for what an App may do as itself. */
const NEEDS: Readonly<Record<string, readonly [permission: string, level: "read" | "write"] | null>> = {
  "apps.getWebhookDelivery": null,
  "apps.listWebhookDeliveries": null,
  "checks.create": ["checks", "write"],
  "checks.update": ["checks", "write"],
  "git.createRef": ["contents", "write"],
  "git.deleteRef": ["contents", "write"],
  "git.getRef": ["contents", "read"],
  "git.updateRef": ["contents", "write"],
  "issues.addLabels": ["pull_requests", "write"],
  "issues.createComment": ["pull_requests", "write"],
  "issues.deleteComment": ["pull_requests", "write"],
  "issues.removeLabel": ["pull_requests", "write"],
  "issues.updateComment": ["pull_requests", "write"],
  "pulls.create": ["pull_requests", "write"],
  "pulls.createReview": ["pull_requests", "write"],
  "pulls.get": ["pull_requests", "read"],
  "pulls.list": ["pull_requests", "read"],
  "pulls.listFiles": ["pull_requests", "read"],
  "pulls.update": ["pull_requests", "write"],
  "reactions.createForIssueComment": ["pull_requests", "write"],
  "repos.compareCommitsWithBasehead": ["contents", "read"],
  "repos.get": ["metadata", "read"],
  "repos.getCollaboratorPermissionLevel": ["metadata", "read"],
  "repos.getContent": ["contents", "read"],
};
/** Asked for by an input of the workflow only, which the App does not set. */
const NOT_OF_THE_APP: ReadonlySet<string> = new Set(["codeScanning.uploadSarif"]);

/** What must be allowed for GitHub to send an event. */
const EVENT_NEEDS: Readonly<Record<string, string>> = {
  pull_request: "pull_requests",
  push: "contents",
  issue_comment: "issues",
  check_run: "checks",
  check_suite: "checks",
  merge_group: "merge_queues",
};
/** Sent to every App without being asked for. */
const ALWAYS_SENT = ["installation", "installation_repositories"];

const calls = globSync(["app/github/**/*.ts", "action/{github,events}/**/*.ts"], { cwd: root })
  .filter((file) => !file.endsWith(".test.ts"))
  .flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(/\brest\s*\.([a-zA-Z]+)\s*\.([a-zA-Z]+)/g)])
  .map(([, group, name]) => `${group}.${name}`)
  .filter((call) => !NOT_OF_THE_APP.has(call));

test("the App may do what its calls and events need, and nothing else", () => {
  expect(calls.filter((call) => !Object.hasOwn(NEEDS, call))).toEqual([]);
  expect(Object.keys(NEEDS).filter((call) => !calls.includes(call))).toEqual([]);
  const needed = new Map<string, string>();
  for (const permission of Object.values(EVENT_NEEDS)) needed.set(permission, "read");
  for (const need of Object.values(NEEDS)) {
    if (need && needed.get(need[0]) !== "write") needed.set(...need);
  }
  expect(manifest.default_permissions).toEqual(Object.fromEntries(needed));
});

test("the App hears of the events that it knows", () => {
  expect(manifest.default_events.toSorted()).toEqual(Object.keys(EVENT_NEEDS).toSorted());
  expect([...manifest.default_events, ...ALWAYS_SENT].filter((event) => !isEvent(event))).toEqual([]);
});
