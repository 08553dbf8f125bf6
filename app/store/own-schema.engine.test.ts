import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "#test/support/run-cli.ts";
import { migrations } from "./migrations.ts";

const folder = join(import.meta.dirname, "migrations");
let repository: string;

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), "querygenie-own-"));
  await cp(folder, join(repository, "drizzle"), { recursive: true });
});
afterAll(() => rm(repository, { recursive: true }));

test("QueryGenie reads its own store from the folder that drizzle-kit keeps, with no problem", async () => {
  const built = await runCli(["build", "--strict", "--offline"], { cwd: repository });
  expect([built.code, built.stderr]).toEqual([0, expect.not.stringMatching(/QG\d|warning|error/i)]);
  const pages = await readdir(join(repository, "docs/database"));
  expect(pages.filter((name) => name.startsWith("querygenie."))).toEqual(
    ["audit", "history", "installations", "sessions", "sign_ins", "usage", "users"].map(
      (name) => `querygenie.${name}.md`,
    ),
  );
  const page = await readFile(join(repository, "docs/database/querygenie.sessions.md"), "utf8");
  expect(page).toMatch(/sessions_user_id/);
});

test("the program has every migration of the folder", async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  expect(migrations.map(({ tag }) => `${tag}.sql`)).toEqual(files.toSorted());
});
