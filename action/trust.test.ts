import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventTrust, type EventFacts } from "./event-trust.ts";
import { readEvent } from "./read-event.ts";
import { programRunner } from "./run-program.ts";
import { withoutSecrets } from "./without-secrets.ts";

describe("whose code may run", () => {
  it.each<readonly [string, EventFacts, "trusted" | "untrusted"]>([
    ["a terminal", {}, "trusted"],
    ["a push", { name: "push" }, "trusted"],
    [
      "a branch of the same repository",
      { name: "pull_request", repository: "shop/app", headRepository: "shop/app" },
      "trusted",
    ],
    ["a fork", { name: "pull_request", repository: "shop/app", headRepository: "stranger/app" }, "untrusted"],
    ["a fork that is gone", { name: "pull_request", repository: "shop/app", headRepository: null }, "untrusted"],
    [
      "an event with keys and a stranger's code",
      { name: "pull_request_target", repository: "a/b", headRepository: "a/b" },
      "untrusted",
    ],
    ["an event nobody thought of", { name: "issue_comment" }, "untrusted"],
  ])("%s", (_, event, kind) => expect(eventTrust("/", event).kind).toBe(kind));

  it.each<readonly [string, Readonly<Record<string, string>>, "trusted" | "untrusted"]>([
    ["another runner says nothing about forks", { CI: "true" }, "untrusted"],
    ["the owner of another runner says it", { CI: "true", QUERYGENIE_TRUSTED: "true" }, "trusted"],
    ["a person forbids it", { QUERYGENIE_TRUSTED: "false" }, "untrusted"],
    [
      "the event file is missing",
      { GITHUB_EVENT_NAME: "pull_request", GITHUB_REPOSITORY: "a/b", CI: "true" },
      "untrusted",
    ],
    [
      "the owner cannot trust a fork by a variable",
      { GITHUB_EVENT_NAME: "pull_request", QUERYGENIE_TRUSTED: "true" },
      "untrusted",
    ],
  ])("%s", async (_, environment, kind) => expect(eventTrust("/", await readEvent(environment)).kind).toBe(kind));

  it("reads the fork's name from the event", async () => {
    const folder = await mkdtemp(join(tmpdir(), "querygenie-event-"));
    const path = join(folder, "event.json");
    await writeFile(path, JSON.stringify({ pull_request: { head: { repo: { full_name: "stranger/app" } } } }));
    const facts = await readEvent({
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_EVENT_PATH: path,
      GITHUB_REPOSITORY: "shop/app",
    });
    await rm(folder, { recursive: true });
    expect(facts).toEqual({ name: "pull_request", repository: "shop/app", headRepository: "stranger/app" });
  });
});

describe("a program of the repository", () => {
  const run = programRunner(tmpdir());
  const shell = (command: string, timeoutMs = 20_000) => run({ kind: "shell", command, folder: "", timeoutMs });

  it("gives what it prints and how it ends", async () => {
    expect(await shell("echo 'create table a (id int);'; echo no >&2; exit 3")).toEqual({
      exitCode: 3,
      stdout: "create table a (id int);\n",
      stderr: "no\n",
      timedOut: false,
    });
  });

  it("is stopped with all that it started when its time is over", async () => {
    expect(await shell("sleep 60 & sleep 60", 200)).toMatchObject({ exitCode: null, timedOut: true });
  });

  it("that is not installed is told, not sought elsewhere", async () => {
    const output = await run({
      kind: "package",
      package: "no-such-program",
      arguments: [],
      folder: "",
      timeoutMs: 1000,
    });
    expect(output).toMatchObject({
      exitCode: null,
      stderr: "no-such-program is not installed here; run npm install first",
    });
  });
});

it.each([
  ["cannot connect to postgres://shop:s3cret@db/shop", {}, "cannot connect to postgres://shop:***@db/shop"],
  ["token abcd1234 refused", { SHOP_TOKEN: "abcd1234" }, "token *** refused"],
  ["FATAL: password=hunter2; bye", {}, "FATAL: password=***; bye"],
  ["plain words stay", { PATH: "plain" }, "plain words stay"],
])("keeps secrets out of what a program said: %s", (text, environment, expected) => {
  expect(withoutSecrets(text, environment)).toBe(expected);
});
