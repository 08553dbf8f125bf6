import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultBranch } from "./default-branch.ts";
import { plainEnvironment } from "./git-process.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "querygenie-branch-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: readonly string[]): Buffer =>
  execFileSync("git", [...args], { cwd: root, env: plainEnvironment(), stdio: "ignore" });

test("is the server's, whatever is checked out", async () => {
  git("init", "--quiet", "--initial-branch=feature");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/next");
  expect(await defaultBranch(root)).toBe("release/next");
});

test("is the one that is checked out where no server is known", async () => {
  git("init", "--quiet", "--initial-branch=trunk");
  expect(await defaultBranch(root)).toBe("trunk");
});

test("is main where there is no repository", async () => {
  expect(await defaultBranch(root)).toBe("main");
});
