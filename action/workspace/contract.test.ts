import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, test } from "vitest";
import { folderWorkspace } from "./folder-workspace.ts";
import { GitError, plainEnvironment } from "./git-process.ts";
import { gitWorkspace } from "./git-workspace.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import type { Workspace } from "#schemas/ports.ts";

const files: Readonly<Record<string, string>> = {
  "README.md": "# Shop\n",
  "migrations/0001_customers.sql": "CREATE TABLE customers ();\n",
  "migrations/0002 größe.sql": "SELECT 'ü';\n",
  "migrations-pending/0003.sql": "",
  "node_modules/pg/index.js": "module.exports = {};\n",
  "packages/shop/node_modules/pg/schema.sql": "CREATE TABLE wrong ();\n",
};
const paths = [
  "README.md",
  "migrations-pending/0003.sql",
  "migrations/0001_customers.sql",
  "migrations/0002 größe.sql",
];

const root = mkdtempSync(join(tmpdir(), "querygenie-workspace-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const outside = join(root, "outside");
const tree = join(root, "tree");
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}
mkdirSync(outside);
writeFileSync(join(outside, "secret.sql"), "secret");
symlinkSync(join(outside, "secret.sql"), join(tree, "migrations/0009_link.sql"));
symlinkSync(outside, join(tree, "linked"));
symlinkSync("loop", join(tree, "loop"));

const runGit = (...args: readonly string[]): void => {
  const identity = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: tree, env: plainEnvironment(), stdio: "ignore" });
};
runGit("init", "--initial-branch=main");
runGit("add", "--all", "--force");
runGit("commit", "--no-verify", "-m", "Add the shop");

const workspaces: readonly (readonly [string, () => Promise<Workspace>])[] = [
  ["a folder", async () => folderWorkspace(tree)],
  ["a git revision", () => gitWorkspace({ cwd: tree, revision: "main" })],
  ["memory", async () => memoryWorkspace(files)],
];

const textOf = (bytes: Uint8Array | null): string | null => bytes && new TextDecoder().decode(bytes);

describe.each(workspaces)("%s", (_, open) => {
  test("lists all files sorted, without dependencies and links", async () => {
    expect(await (await open()).list()).toEqual(paths);
  });

  test("lists the files below one folder, and not of one whose name only starts alike", async () => {
    expect(await (await open()).list("migrations")).toEqual(paths.filter((path) => path.startsWith("migrations/")));
  });

  test("lists nothing for a folder that does not exist", async () => {
    expect(await (await open()).list("queries")).toEqual([]);
  });

  test("reads a file's bytes, whatever its name holds", async () => {
    expect(textOf(await (await open()).read("migrations/0002 größe.sql"))).toBe("SELECT 'ü';\n");
  });

  test("reads an empty file as no bytes", async () => {
    expect(await (await open()).read("migrations-pending/0003.sql")).toEqual(new Uint8Array());
  });

  test("reads many files at once", async () => {
    const workspace = await open();
    const read = await Promise.all(paths.map((path) => workspace.read(path)));
    expect(read.map(textOf)).toEqual(paths.map((path) => files[path]));
  });

  test.each([
    ["a missing file", "migrations/0404.sql"],
    ["a folder", "migrations"],
    ["a file outside", "../outside/secret.sql"],
    ["an absolute path", join(outside, "secret.sql")],
    ["a link out of the tree", "migrations/0009_link.sql"],
    ["a file behind a linked folder", "linked/secret.sql"],
    ["a link to itself", "loop"],
    ["git's own files", ".git/config"],
    ["a dependency's file", "node_modules/pg/index.js"],
    ["a file as a folder", "README.md/x"],
    ["an empty path", ""],
  ])("has no file for %s", async (_, path) => {
    const workspace = await open();
    expect(await workspace.read(path)).toBeNull();
    expect(await workspace.exists(path)).toBe(false);
  });

  test("says that a file exists", async () => {
    expect(await (await open()).exists("README.md")).toBe(true);
  });
});

test("a git revision does not see what was changed since", async () => {
  writeFileSync(join(tree, "later.sql"), "SELECT 1;");
  const workspace = await gitWorkspace({ cwd: tree, revision: "main" });
  rmSync(join(tree, "later.sql"));
  expect(await workspace.exists("later.sql")).toBe(false);
});

test.each(["no-such-branch", "--output=x", ""])("refuses the revision %j", async (revision) => {
  await expect(gitWorkspace({ cwd: tree, revision })).rejects.toThrow(GitError);
});

test("refuses a folder without a repository", async () => {
  await expect(gitWorkspace({ cwd: outside, revision: "main" })).rejects.toThrow(GitError);
});
