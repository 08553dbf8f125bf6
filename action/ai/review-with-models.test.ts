import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startModelServer, type ModelServer } from "#test/support/model-server.ts";
import { runCli } from "#test/support/run-cli.ts";

const KEY = "test-key-0123456789-0123456789-0123456789";

/** Read by rule, so that no engine has to start. */
const SHOP = `create table orders (
  id int primary key, note varchar(40) default 'canary-before', total decimal(10,2));
`;
const CHANGE = `alter table orders drop column note;
alter table orders add column state varchar(20) not null default 'canary-state' check (state <> 'canary-check');
update orders set state = 'canary-update' where total > 987654321;
`;

let server: ModelServer;
let cwd = "";
beforeAll(async () => {
  server = await startModelServer();
  cwd = await mkdtemp(join(tmpdir(), "querygenie-summary-"));
  await mkdir(join(cwd, "db"));
  await writeFile(join(cwd, "db/0001_shop.sql"), SHOP);
  await writeFile(join(cwd, "db/0002_change.sql"), CHANGE);
  await writeFile(
    join(cwd, "querygenie.yml"),
    "databases:\n  - id: shop\n    dialect: mysql\n    sources: [{ path: db }]\n",
  );
});
afterAll(async () => {
  await server.close();
  await rm(cwd, { recursive: true, force: true });
});

const review = async (env: Record<string, string>, ...words: readonly string[]) => {
  const run = await runCli(["review", "db/0002_change.sql", "--format", "md", ...words], { cwd, env });
  expect(run.stdout + run.stderr).not.toContain(KEY);
  return run;
};

test("a review with a key is summed up once, and what was not measured is not believed", async () => {
  const withKey = { GEMINI_API_KEY: KEY, GOOGLE_GEMINI_BASE_URL: server.urls.gemini };
  const cacheDir = join(cwd, "cache");
  const env = { ...withKey, QUERYGENIE_CACHE_DIR: cacheDir };
  const template = await review({ QUERYGENIE_CACHE_DIR: cacheDir });
  expect(template.stdout).toContain("**Does** ");

  server.play({ kind: "answer", text: JSON.stringify({ text: "It locks main.orders for 9 s.", cites: [] }) });
  const start = server.calls.length;
  const invented = await review(env);
  expect(invented.stdout).toBe(template.stdout);
  expect(server.calls.length - start, "asked again once").toBe(2);

  server.play({
    kind: "answer",
    text: JSON.stringify({ text: "Drops main.orders.note; check who reads it first.", cites: [] }),
  });
  const worded = await review(env);
  expect(worded.stdout).toContain("\nDrops main.orders.note; check who reads it first. ✦\n");
  expect(worded.stdout).toMatch(/✦ by gemini\/\S+, held to the findings/);
  expect(worded.stdout).not.toContain("**Does** ");
  expect(worded.code).toBe(template.code);
  const paid = server.calls.length;
  expect((await review(env)).stdout).toBe(worded.stdout);
  expect((await review(env, "--offline")).stdout).toBe(template.stdout);
  // Formats that show no words pay for none.
  await writeFile(join(cwd, "db/0002_change.sql"), `${CHANGE}alter table orders add column more int;\n`);
  for (const format of ["json", "sarif", "github"]) {
    await runCli(["review", "db/0002_change.sql", "--format", format], { cwd, env });
  }
  await writeFile(join(cwd, "db/0002_change.sql"), CHANGE);
  expect(server.calls.length).toBe(paid);

  const sent = server.calls.map(({ text }) => text).join("\n");
  expect(sent.match(/canary[\w-]*|987654321/gi) ?? []).toEqual([]);
  expect(sent).toContain("main.orders.note");
});

test("what reviews used counts for the month, whoever runs the next one", async () => {
  const path = join(cwd, "querygenie.yml");
  const before = await readFile(path, "utf8");
  await writeFile(path, `${before}ai: { budget: { month: { calls: 1 } } }\n`);
  const env = {
    GEMINI_API_KEY: KEY,
    GOOGLE_GEMINI_BASE_URL: server.urls.gemini,
    QUERYGENIE_CACHE_DIR: join(cwd, "monthly"),
  };
  server.play({ kind: "answer", text: JSON.stringify({ text: "Drops main.orders.note.", cites: [] }) });
  const start = server.calls.length;
  expect((await review(env)).stdout).toContain("Drops main.orders.note. ✦");
  expect(server.calls.length - start).toBe(1);
  await writeFile(join(cwd, "db/0002_change.sql"), `${CHANGE}alter table orders add column more int;\n`);
  expect((await review(env)).stdout).toContain("**Does** ");
  expect(server.calls.length - start, "the month's one call is used up").toBe(1);

  const other = join(cwd, "other");
  await cp(join(cwd, "db"), join(other, "db"), { recursive: true });
  await cp(path, join(other, "querygenie.yml"));
  await runCli(["review", "db/0002_change.sql", "--format", "md"], { cwd: other, env });
  expect(server.calls.length - start, "another repository has a month of its own").toBe(2);
  await rm(other, { recursive: true });
  await writeFile(path, before);
  await writeFile(join(cwd, "db/0002_change.sql"), CHANGE);
});
