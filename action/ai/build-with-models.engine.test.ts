import { mkdtemp, readFile, rm, writeFile, mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { askedIds, describeAnswer, exampleIds } from "#test/support/describe-answer.ts";
import { startModelServer, type ModelServer, type ServerStep } from "#test/support/model-server.ts";
import { runCli } from "#test/support/run-cli.ts";

/** Each test starts the program several times, which a busy machine takes its time for. */
const PATIENCE = { timeout: 600_000 };

const KEY = "test-key-0123456789-0123456789-0123456789";

const MIGRATION = `
CREATE SCHEMA sales;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
CREATE DOMAIN sales.email AS text CHECK (VALUE LIKE '%@canary-domain.example');
CREATE TABLE sales.customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email sales.email NOT NULL,
  full_name text DEFAULT 'canary-default'
);
CREATE TABLE sales.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES sales.customers,
  state sales.state NOT NULL DEFAULT 'new',
  note text,
  total numeric CHECK (total < 987654321)
);
COMMENT ON COLUMN sales.orders.note IS 'Said by customers. Ask canary-mail@example.org, password=canary-password <!-- canary-hidden -->';
CREATE VIEW sales.paid AS SELECT id, total FROM sales.orders WHERE state = 'paid' AND note <> 'canary-view';
CREATE FUNCTION sales.total_of(who bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT sum(total) FROM sales.orders WHERE customer_id = who AND note <> 'canary-body' -- canary-comment
$$;
INSERT INTO sales.customers (email, full_name) VALUES ('row@canary-domain.example', 'canary-row');
`;

/** Read by rule, so that no engine has to start for each of many builds. */
const WITHOUT_ENGINE = `
CREATE TABLE customers (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(200) NOT NULL,
  full_name text
);
CREATE TABLE orders (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id bigint NOT NULL,
  state varchar(20) NOT NULL DEFAULT 'new',
  note text COMMENT 'Said by customers.',
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);
CREATE TABLE carriers (id int NOT NULL PRIMARY KEY, name varchar(80) NOT NULL);
`;

let server: ModelServer;
const folders: string[] = [];
beforeAll(async () => {
  server = await startModelServer();
});
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
afterAll(() => server.close());

async function repository({
  config = "",
  dialect = "mysql",
}: { readonly config?: string; readonly dialect?: string } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "querygenie-ai-"));
  folders.push(folder);
  await mkdir(join(folder, "db"));
  await writeFile(join(folder, "db/0001_shop.sql"), dialect === "mysql" ? WITHOUT_ENGINE : MIGRATION);
  await writeFile(
    join(folder, "querygenie.yml"),
    `databases:\n  - id: shop\n    dialect: ${dialect}\n    sources: [{ path: db }]\n${config}`,
  );
  return folder;
}

const withKey = () => ({ GEMINI_API_KEY: KEY, GOOGLE_GEMINI_BASE_URL: server.urls.gemini });

/** Runs a build and gives its JSON; a strict one is never skipped. */
async function build(cwd: string, env: Record<string, string> = withKey(), more: readonly string[] = []) {
  const run = await runCli(["build", "--format", "json", ...more], { cwd, env });
  if (run.code !== 0 && run.code !== 2) throw new Error(`the build failed: ${run.stderr}`);
  expect(run.stdout + run.stderr).not.toContain(KEY);
  return { ...run, result: JSON.parse(run.stdout) };
}

const callsSince = (before: number) => server.calls.slice(before);

describe("a build with a key", PATIENCE, () => {
  test("describes everything once, shows who wrote it, and costs nothing the next time", async () => {
    const cwd = await repository();
    server.play({ kind: "answer", text: describeAnswer });
    const first = server.calls.length;
    const { result } = await build(cwd);
    expect(callsSince(first).flatMap(askedIds).sort()).toEqual([
      "main.carriers",
      "main.customers",
      "main.orders",
      "main.orders.orders_customer",
    ]);
    expect(result.texts).toMatchObject({ objects: 4, kept: 0, written: 4, left: 0 });
    expect(
      result.texts.usage.map(({ task, calls }: { task: string; calls: number }) => `${task} ${calls}`).sort(),
    ).toEqual(["describe-objects 1", "describe-tables 1", "example-values 1"]);
    expect(callsSince(first).flatMap(exampleIds).sort()).toEqual(["main.orders.note", "main.orders.state"]);
    expect(await readFile(join(cwd, "fixtures/shop.sql"), "utf8")).toContain("Modelled value");
    expect(await readdir(join(cwd, ".querygenie/ai/examples"))).toEqual(["main.orders.json"]);
    const page = await readFile(join(cwd, "docs/database/main.orders.md"), "utf8");
    expect(page).toContain("Modelled words for one row of orders. ✦");
    const coverage = await runCli(["coverage", "--format", "json"], { cwd });
    expect(JSON.parse(coverage.stdout).total).toEqual({ total: 12, person: 1, ai: 11, offline: 0 });

    const second = server.calls.length;
    expect((await build(cwd)).result).toMatchObject({ upToDate: true });
    const again = await build(cwd, withKey(), ["--strict"]);
    expect(again.result).toMatchObject({ written: [], removed: [], texts: { kept: 4, written: 0, usage: [] } });
    expect((await build(cwd, {}, ["--strict"])).result, "without a key").toMatchObject({ written: [], removed: [] });
    expect(callsSince(second)).toEqual([]);

    await writeFile(
      join(cwd, "db/0002_comment.sql"),
      "ALTER TABLE customers MODIFY email varchar(200) NOT NULL COMMENT 'Where the invoice goes.';",
    );
    await build(cwd);
    expect(callsSince(second).flatMap(askedIds), "one comment changed").toEqual(["main.customers"]);
    expect(callsSince(second).flatMap(exampleIds), "no text whose name says too little").toEqual([]);
  });

  test("keeps a person's edit, marks it, and does not ask about it", async () => {
    const cwd = await repository();
    server.play({ kind: "answer", text: describeAnswer });
    await build(cwd);
    const path = join(cwd, ".querygenie/ai/table/main.orders.json");
    const written = await readFile(path, "utf8");
    await writeFile(
      path,
      written.replace("Modelled words for one row of orders.", "What a customer bought in one go."),
    );
    const before = server.calls.length;
    await build(cwd, {});
    expect(callsSince(before)).toEqual([]);
    expect(JSON.parse(await readFile(path, "utf8")).texts["main.orders"]).toMatchObject({
      by: "person",
      text: "What a customer bought in one go.",
    });
    expect(await readFile(join(cwd, "docs/database/README.md"), "utf8")).toContain(
      "What a customer bought in one go. ✎",
    );

    await writeFile(join(cwd, "db/0002_column.sql"), "ALTER TABLE orders ADD COLUMN paid_at datetime;");
    await build(cwd);
    const { texts } = JSON.parse(await readFile(path, "utf8"));
    expect(texts["main.orders"]).toMatchObject({ by: "person", text: "What a customer bought in one go." });
    expect(texts["main.orders.paid_at"]).toMatchObject({ by: "ai" });
  });

  test("describes every kind of object and sends no value of the data", async () => {
    const cwd = await repository({ dialect: "postgres" });
    server.play({ kind: "answer", text: describeAnswer });
    const before = server.calls.length;
    await build(cwd);
    const sent = callsSince(before)
      .map(({ text }) => text)
      .join("\n");
    expect(sent.match(/canary[\w-]*|987654321/gi) ?? []).toEqual([]);
    expect(sent).toContain("Said by customers.");
    expect(callsSince(before).flatMap(askedIds).sort()).toEqual([
      "sales.customers",
      "sales.email",
      "sales.orders",
      "sales.orders.orders_customer_id_fkey",
      "sales.paid",
      "sales.state",
      "sales.total_of(bigint)",
    ]);
  });
});

/** Every file of the documents by its text. */
async function documents(cwd: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(join(cwd, "docs/database"), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (path) => [path.slice(cwd.length), await readFile(path, "utf8")] as const)),
  );
}

describe("a build whose provider fails", PATIENCE, () => {
  const quick = "ai: { budget: { seconds: 3 } }\n";
  // A free key's pace would make it wait a minute before the sixth call.
  const brisk = "ai: { rates: { gemini: { requestsPerMinute: 60 } } }\n";
  let offline: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const cwd = await repository();
    await build(cwd, {});
    offline = await documents(cwd);
  });
  const faults: readonly (readonly [name: string, step: ServerStep, says: RegExp])[] = [
    ["hangs", { kind: "hang" }, /the time for models in this run is over/],
    ["stops halfway", { kind: "stall" }, /the time for models in this run is over/],
    ["resets the connection", { kind: "reset" }, /the connection failed/],
    ["cuts the stream", { kind: "cut" }, /the connection failed/],
    ["refuses the key", { kind: "fault", fault: "auth" }, /the key was refused/],
    ["has no quota left today", { kind: "fault", fault: "daily-quota" }, /the quota of the day is used up/],
    ["wants an hour's pause", { kind: "fault", fault: "rate-limit", seconds: 3600 }, /too many requests/],
    ["does not know the model", { kind: "fault", fault: "unknown-model" }, /the model is not known/],
    ["answers nonsense", { kind: "answer", text: "Sure! Here are your descriptions" }, /offline texts for now/],
  ];

  test.each(faults)("ends with complete documents and says so when it %s", async (_name, step, says) => {
    const isSlow = step.kind === "hang" || step.kind === "stall";
    const cwd = await repository({ config: isSlow ? quick : brisk });
    server.play(step);
    const { result, code } = await build(cwd);
    expect(code).toBe(0);
    expect(result.problems.map(({ message }: { message: string }) => message).join("\n")).toMatch(says);
    expect(result.texts).toMatchObject({ written: 0, left: 4 });
    expect(await documents(cwd)).toEqual(offline);
  });

  test("takes the text it can and the rest the next time", async () => {
    const cwd = await repository({ config: "ai: { budget: { calls: 1 } }\n" });
    const many = Array.from({ length: 12 }, (_, at) => `CREATE TABLE depot_${at} (id int NOT NULL PRIMARY KEY);`);
    await writeFile(join(cwd, "db/0002_depots.sql"), many.join("\n"));
    server.play({ kind: "answer", text: describeAnswer });
    const { result } = await build(cwd);
    expect(result.texts).toMatchObject({ written: 12, left: 4 });
    expect(result.problems.filter(({ code }: { code: string }) => code === "QG783")).toMatchObject([
      { code: "QG783", message: expect.stringContaining("ai.budget.calls") },
    ]);
    expect((await build(cwd)).result.texts).toMatchObject({ kept: 12, written: 3, left: 1 });
  });
});

describe("a build without a key", PATIENCE, () => {
  test("asks nobody and leaves nothing of models behind", async () => {
    const cwd = await repository();
    const before = server.calls.length;
    const { result } = await build(cwd, { GOOGLE_GEMINI_BASE_URL: server.urls.gemini });
    expect(callsSince(before)).toEqual([]);
    expect(result.problems.filter(({ code }: { code: string }) => code.startsWith("QG78"))).toEqual([]);
    expect(await readdir(join(cwd, ".querygenie"))).toEqual(["manifest.json"]);
  });

  test("says which model cannot be asked, before anything is done", async () => {
    const cwd = await repository();
    const run = await runCli(["build", "--model", "anthropic"], { cwd });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("ANTHROPIC_API_KEY")]);
  });
});
