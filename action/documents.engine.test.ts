import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tableListSchema } from "#schemas/json/table-list.ts";
import { runCli } from "#test/support/run-cli.ts";

let root = "";
const sample = fileURLToPath(new URL("../examples/shop", import.meta.url));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "querygenie-docs-"));
  await cp(sample, root, { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));

const run = (...words: readonly string[]) => runCli([...words, "--quiet"], { cwd: root });

test("ls lists tables and views, for people and for programs", async () => {
  const text = await run("ls", "sales.gift*");
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/^table +kind +columns +description\n[─ ]+\nsales\.gift_card_uses +table +\d/);
  const json = tableListSchema.parse(JSON.parse((await run("ls", "-t", "json")).stdout));
  expect(json.tables.length).toBeGreaterThan(40);
  expect(json.tables.find(({ id }) => id === "sales.invoices")?.references).toContain("sales.orders");
});

test("out prints a part of the schema, writes files, and prints no bytes", async () => {
  const mermaid = await run("out", "-t", "mermaid", "--table", "sales.gift_cards", "--distance", "1");
  expect(mermaid.stdout).toMatch(/^erDiagram\n/);
  expect(mermaid.stdout).toContain("t_sales_gift_card_uses");
  expect((await run("out", "-t", "png", "--table", "sales.gift_cards", "-o", "out/cards.png")).code).toBe(0);
  expect((await readFile(join(root, "out/cards.png"))).subarray(1, 4).toString()).toBe("PNG");
  const bytes = await run("out", "-t", "png");
  expect([bytes.code, bytes.stdout]).toEqual([2, ""]);
  expect(bytes.stderr).toContain("--out schema.png");
});

test("who reads the beginning only, as head does, ends nothing with an error", async () => {
  const program = fileURLToPath(new URL("../bin/querygenie.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, "ls"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect([code, Buffer.concat(said).toString()]).toEqual([0, expect.not.stringContaining("EPIPE")]);
});

test.each([
  [["out", "--table", "sales.oders"], "Did you mean sales.orders?"],
  [["out", "--distance", "many"], "from 0 to 9"],
  [["out", "postgres://ada:pw@localhost/shop"], "takes no database"],
  [["doc", "postgres://ada:pw@localhost/shop", "dbdoc"], "takes no database"],
  [["out", "-t", "docx"], 'cannot be "docx"'],
])("%j is refused with what to do", async (words, said) => {
  const { code, stderr } = await run(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain("ada:pw");
});

test("diff without a base compares with the committed documents, and fails when they are out of date", async () => {
  expect(await run("diff")).toMatchObject({ code: 0, stdout: "no changes\n" });
  await writeFile(join(root, "migrations/0999_note.sql"), "ALTER TABLE sales.gift_cards ADD COLUMN note text;\n");
  const changed = await run("diff");
  expect(changed.code).toBe(1);
  expect(changed.stdout).toContain("sales.gift_cards.note");
});

test("doc writes pages and pictures as tbls would, and leaves the rest", async () => {
  const before = await readFile(join(root, "fixtures/manifest.json"), "utf8");
  expect((await run("doc", "--check")).code).toBe(1);
  expect((await run("doc", "--rm-dist", "--force", "--sort")).code).toBe(0);
  expect(await readFile(join(root, "docs/database/sales.gift_cards.md"), "utf8")).toContain("`note`");
  expect(await readFile(join(root, "fixtures/manifest.json"), "utf8")).toBe(before);
  expect(await run("diff")).toMatchObject({ code: 0 });
});

test("diff of two files needs no schema where it is run", async () => {
  const away = await mkdtemp(join(tmpdir(), "querygenie-away-"));
  const [base, head] = [join(away, "old", "schema.sql"), join(away, "new", "schema.sql")];
  for (const [path, sql] of [
    [base, "create table orders (id bigint primary key);\n"],
    [head, "create table orders (id bigint primary key, note text);\n"],
  ] as const) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, sql);
  }
  const cwd = await mkdtemp(join(tmpdir(), "querygenie-empty-"));
  const text = await runCli(["diff", base, head], { cwd });
  expect(text).toMatchObject({ code: 0, stdout: expect.stringContaining("public.orders.note") });
  expect(await runCli(["diff", base], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining("QG110") });
  await Promise.all([away, cwd].map((folder) => rm(folder, { recursive: true })));
});

test("diff without a base says what to do where there are no documents", async () => {
  await rm(join(root, "docs"), { recursive: true });
  const { code, stderr } = await run("diff");
  expect(code).toBe(2);
  expect(stderr).toContain("querygenie doc");
});
