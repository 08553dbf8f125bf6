import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changelogSchema } from "#schemas/json/changelog.ts";
import { runCli } from "#test/support/run-cli.ts";
import { plainEnvironment } from "./workspace/git-process.ts";
import { releaseTags } from "./workspace/release-tags.ts";

let root = "";
let day = 0;

/** Each commit and tag is of a day of its own, so that their order is that of the calls. */
function git(...words: readonly string[]): void {
  const date = `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`;
  const who = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const set = ["-c", "user.name=ada", "-c", "user.email=ada@shop.example", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...set, ...words], { cwd: root, env: { ...plainEnvironment(), ...who }, stdio: "ignore" });
}

async function commit(name: string, sql: string): Promise<void> {
  day += 1;
  await writeFile(join(root, name), sql);
  git("add", ".");
  git("commit", "--quiet", "-m", name);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "querygenie-releases-"));
  git("init", "--quiet");
  await commit("README.md", "No schema yet.\n");
  git("tag", "v0.1.0");
  await commit("0001_orders.sql", "create table orders (id bigint primary key);\n");
  git("tag", "-a", "v1.0.0", "-m", "first");
  await commit("0002_note.sql", "alter table orders add column note text;\n");
  git("tag", "v1.1.0");
  git("tag", "v1");
  await commit("README.md", "The schema stays.\n");
  git("tag", "v1.1.1");
  git("tag", "nightly/a|b");
  await commit("0003_drop.sql", "alter table orders drop column note;\n");
});
afterAll(() => rm(root, { recursive: true }));

const run = (...words: readonly string[]) => runCli(["changelog", "--source", "*.sql", ...words], { cwd: root });

test("tags are found in their order, one for each commit, and none outside a repository", async () => {
  const names = async (pattern: string, limit: number) =>
    (await releaseTags({ cwd: root, pattern, limit })).map(({ name, date }) => `${date} ${name}`);
  expect(await names("v*", 9)).toEqual([
    "2026-01-01 v0.1.0",
    "2026-01-02 v1.0.0",
    "2026-01-03 v1.1.0",
    "2026-01-04 v1.1.1",
  ]);
  expect(await names("v*", 1)).toEqual(["2026-01-04 v1.1.1"]);
  expect(await names("release-*", 9)).toEqual([]);
  expect(await releaseTags({ cwd: tmpdir(), pattern: "*", limit: 9 })).toEqual([]);
});

test("the history is told by release, newest first, with what is not released", async () => {
  const { code, stdout, stderr } = await run("--tags", "v*");
  expect(code).toBe(0);
  expect(stdout).toBe(`# Changes of the schema

## Not released

**1 column dropped · 1 may break programs**

\`public.orders\`

- **−** column \`public.orders.note\` dropped ⚠ programs that use it fail

## v1.1.0 · 2026-01-03

**1 column added**

\`public.orders\`

- **+** column \`public.orders.note\` added, \`text\`

## v1.0.0 · 2026-01-02

The first release that is known, with 1 table.

Releases that left the schema as it was: v1.1.1.
`);
  expect(stderr).toContain("QG224");
  expect(stderr).toContain("v0.1.0");
});

test("the newest releases alone are compared with the one before them", async () => {
  const { stdout } = await run("--tags", "v*", "--last", "2", "--format", "json");
  const { releases } = changelogSchema.parse(JSON.parse(stdout));
  expect(releases.map(({ name, summary }) => `${name ?? "-"}: ${summary ?? "first"}`)).toEqual([
    "-: 1 column dropped",
    "v1.1.1: no changes",
    "v1.1.0: 1 column added",
  ]);
});

test("no tag is no release, and a number that is none is refused", async () => {
  expect((await run("--tags", "x*")).stdout).toBe("# Changes of the schema\n\nNo release is tagged.\n");
  expect(await run("--last", "0")).toMatchObject({ code: 2, stderr: expect.stringContaining("from 1 to 500") });
});
