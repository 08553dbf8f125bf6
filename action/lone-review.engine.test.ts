import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "#schemas/json/report.ts";
import { runCli } from "#test/support/run-cli.ts";

/** What is said about a file when nothing but its own statements is known: rules by file, style left out. */
const CASES: Readonly<Record<string, readonly [sql: string, rules: readonly string[]]>> = {
  "widen.sql": ["set lock_timeout = '1s';\nalter table users alter column name type text;", []],
  "narrow-and-drop.sql": ["set lock_timeout = '1s';\nalter table users drop column email;", ["drop-column"]],
  "index.sql": ["set lock_timeout = '1s';\ncreate index on users (email);", ["create-index-not-concurrent"]],
  "index-concurrently.sql": ["create index concurrently users_email on users (email);", []],
  "foreign-key.sql": [
    "set lock_timeout = '1s';\nalter table posts add constraint author foreign key (user_id) references users (id);",
    ["add-foreign-key-blocking"],
  ],
  "foreign-key-later.sql": [
    "set lock_timeout = '1s';\nalter table posts add constraint author foreign key (user_id) references users (id) not valid;",
    [],
  ],
  "constant-default.sql": [
    "set lock_timeout = '1s';\nalter table users add column plan text not null default 'free';",
    [],
  ],
  "volatile-default.sql": [
    "set lock_timeout = '1s';\nalter table users add column token uuid default gen_random_uuid();",
    ["add-column-volatile-default"],
  ],
  "new-table.sql": ["create table notes (id bigint primary key, body text);\ncreate index on notes (body);", []],
  "by-key.sql": ["update users set plan = 'free' where id in (4, 5);", []],
  "backfill.sql": ["update users set plan = 'free' where plan = 'trial';", ["unbatched-backfill"]],
  "everything.sql": ["delete from users;", ["delete-without-where"]],
};
const STYLE = new Set(["prefer-idempotent"]);

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "querygenie-lone-"));
  for (const [name, [sql]] of Object.entries(CASES)) await writeFile(join(cwd, name), `${sql}\n`);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function review(...words: readonly string[]) {
  const { stdout, stderr } = await runCli(["review", "--format", "json", ...words], { cwd });
  expect(stderr).not.toMatch(/QG30[34]/);
  return reportSchema.parse(JSON.parse(stdout));
}

describe("files that belong to no history", { timeout: 120_000 }, () => {
  test("are judged by what their statements alone can decide, each by itself", async () => {
    const { findings, problems } = await review("--independent", "*.sql");
    const said = Map.groupBy(
      findings.filter(({ rule }) => !STYLE.has(rule)),
      ({ span }) => span.file,
    );
    const rules = Object.keys(CASES).map((name) => [name, (said.get(name) ?? []).map(({ rule }) => rule)]);
    expect(Object.fromEntries(rules)).toEqual(
      Object.fromEntries(Object.entries(CASES).map(([name, [, expected]]) => [name, expected])),
    );
    const presumed = problems.filter(({ code }) => code === "QG751").map(({ message }) => message);
    expect(presumed.join("\n")).toContain("foreign-key.sql is not known: public.posts, public.users presumed to exist");
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("are one change when they are named together, in the context that is said", async () => {
    await writeFile(join(cwd, "a.up"), "create table parcels (id bigint primary key, weight int);\n");
    await writeFile(
      join(cwd, "b.up"),
      "create index on parcels (weight);\ncreate index concurrently on users (plan);\n",
    );
    const together = await review("a.up", "b.up", "--assume-in-transaction");
    const rules = together.findings.map(({ rule }) => rule);
    expect(rules, "the table is new").not.toContain("create-index-not-concurrent");
    expect(rules, "CONCURRENTLY in a transaction").toContain("concurrent-in-transaction");
    await writeFile(join(cwd, "c.up"), "alter table users add column plan2 text default 'free';\n");
    expect((await review("c.up", "--engine-version", "10")).findings.map(({ rule }) => rule)).toContain(
      "add-column-volatile-default",
    );
  });
});
