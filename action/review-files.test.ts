import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryStore } from "#test/support/memory-store.ts";
import { silentProgress } from "#test/support/silent-progress.ts";
import { openProject } from "./project.ts";
import { reviewScope } from "./review-files.ts";
import { plainEnvironment } from "./workspace/git-process.ts";
import { folderWorkspace } from "./workspace/folder-workspace.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "querygenie-scope-"));
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: root, env: plainEnvironment(), stdio: "ignore" });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(files: Readonly<Record<string, string>>): void {
  write(files);
  git("add", "--all");
  git("commit", "--quiet", "-m", "Change the schema");
}

async function scope() {
  const world = {
    root,
    workspace: folderWorkspace(root),
    store: memoryStore(),
    cacheDir: root,
    progress: silentProgress,
    clock: { now: () => new Date(0), elapsed: () => 0 },
  };
  const project = await openProject(world);
  const [database] = project.databases;
  if (!database) throw new Error("no database");
  const { base, reviewed } = await reviewScope(project, database, { words: [], revision: "main" });
  return { base: base.map(({ path }) => path), reviewed: reviewed.map(({ path }) => path) };
}

const FIRST = { "migrations/0001_a.sql": "CREATE TABLE a (id int);\n" };
const SECOND = { "migrations/0002_b.sql": "ALTER TABLE a DROP COLUMN id;\n" };
const named = (id: string) => ({
  "querygenie.yml": `databases: [{ id: ${id}, dialect: postgres, sources: [{ path: migrations }] }]\n`,
});
const NEW_ONLY = { base: ["migrations/0001_a.sql"], reviewed: ["migrations/0002_b.sql"] };

test("what the revision has not is under review", async () => {
  commit(FIRST);
  write(SECOND);
  expect(await scope()).toEqual(NEW_ONLY);
});

test("what is in the base stays there when the change gives the database a name", async () => {
  commit(FIRST);
  write({ ...SECOND, ...named("shop") });
  expect(await scope()).toEqual(NEW_ONLY);
});

test("what is in the base stays there when the change gives the database another name", async () => {
  commit({ ...FIRST, ...named("before") });
  write({ ...SECOND, ...named("after") });
  expect(await scope()).toEqual(NEW_ONLY);
});

test("what is in the base stays there when the change gives the database the name of another", async () => {
  const other = { "other/0001_c.sql": "CREATE TABLE c (id int);\n" };
  const config = (shop: string, stock: string) => ({
    "querygenie.yml": `databases:
  - { id: ${shop}, dialect: postgres, sources: [{ path: migrations }] }
  - { id: ${stock}, dialect: postgres, sources: [{ path: other }] }
`,
  });
  commit({ ...FIRST, ...other, ...config("shop", "stock") });
  write({ ...SECOND, ...config("stock", "shop") });
  expect(await scope()).toEqual(NEW_ONLY);
});

test("everything is under review where the revision has no schema", async () => {
  commit({ "README.md": "# Shop\n" });
  write({ ...FIRST, ...SECOND });
  expect(await scope()).toEqual({ base: [], reviewed: [...NEW_ONLY.base, ...NEW_ONLY.reviewed] });
});
