import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainEnvironment } from "../workspace/git-process.ts";
import { findOwners } from "./find-owners.ts";
import { commitsOf } from "./git-history.ts";

let folder = "";
const shop = (): string => join(folder, "repository/shop");

async function git(cwd: string, ...args: readonly string[]): Promise<void> {
  const date = "2026-03-04T05:06:07Z";
  const env = { ...plainEnvironment(), GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  await promisify(execFile)("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd, env });
}

async function commit(files: Readonly<Record<string, string>>, subject: string): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "repository", path)), { recursive: true });
    await writeFile(join(folder, "repository", path), content);
  }
  await git(join(folder, "repository"), "add", "-A");
  await git(join(folder, "repository"), "commit", "-qm", subject);
}

const at = (file: string, line: number) => ({ file, line, column: 1 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "querygenie-history-"));
  await mkdir(join(folder, "repository"));
  await git(join(folder, "repository"), "init", "-q", "-b", "main");
  await commit({ "README.md": "x\n", ".github/CODEOWNERS": "/shop/migrations/ @shop/db\n" }, "Begin");
  await commit(
    { "shop/migrations/1.sql": "create table a ();\n", "shop/schema.sql": "create table a ();\n" },
    "Add a (#12)",
  );
  await commit({ "shop/schema.sql": "create table a ();\ncreate table b ();\n" }, "Merge pull request #13 from shop/b");
  await commit({ "shop/migrations/ü 2.sql": "create table c ();\n" }, "Add c");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("commitsOf", () => {
  it("names the commit of a migration, and of each line of a file that changes", async () => {
    const places = [at("migrations/1.sql", 1), at("schema.sql", 1), at("schema.sql", 2), at("migrations/ü 2.sql", 1)];
    const found = await commitsOf(shop(), places);
    expect(Object.entries(found).map(([key, { date, subject, pull }]) => [key, date, subject, pull])).toEqual([
      ["migrations/1.sql:1", "2026-03-04", "Add a (#12)", 12],
      ["migrations/ü 2.sql:1", "2026-03-04", "Add c", null],
      ["schema.sql:1", "2026-03-04", "Add a (#12)", 12],
      ["schema.sql:2", "2026-03-04", "Merge pull request #13 from shop/b", 13],
    ]);
    expect(found["schema.sql:1"]?.id).toMatch(/^[0-9a-f]{40}$/);
  });
  it("knows nothing of lines that are not committed", async () => {
    await writeFile(join(shop(), "migrations/1.sql"), "create table a ();\ncreate table d ();\n");
    await writeFile(join(shop(), "migrations/3.sql"), "create table e ();\n");
    const found = await commitsOf(shop(), [
      at("migrations/1.sql", 1),
      at("migrations/1.sql", 2),
      at("migrations/3.sql", 1),
    ]);
    expect(Object.keys(found)).toEqual(["migrations/1.sql:1"]);
    await git(join(folder, "repository"), "checkout", "-q", "--", ".");
  });
  it("claims nothing where a shallow clone ends", async () => {
    const shallow = join(folder, "shallow");
    await git(folder, "clone", "-q", "--depth", "2", `file://${join(folder, "repository")}`, shallow);
    const found = await commitsOf(join(shallow, "shop"), [at("migrations/1.sql", 1), at("migrations/ü 2.sql", 1)]);
    expect(Object.keys(found)).toEqual(["migrations/ü 2.sql:1"]);
  });
  it("is empty outside of git", async () => {
    expect(await commitsOf(folder, [at("migrations/1.sql", 1)])).toEqual({});
  });
});

describe("findOwners", () => {
  it("reads the file of the whole repository for a folder in it", async () => {
    const owners = await findOwners(shop());
    expect(owners?.of("migrations/1.sql")).toEqual(["@shop/db"]);
    expect(owners?.of("schema.sql")).toEqual([]);
  });
  it("finds none where there is none", async () => {
    expect(await findOwners(folder)).toBeNull();
  });
});
