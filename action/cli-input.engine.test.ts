import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { modelSchema } from "#schemas/json/model.ts";
import { runCli } from "#test/support/run-cli.ts";

async function repository(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "querygenie-cli-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const orders = "create table orders (id bigint primary key);\n";
const random = Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256);

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly words?: readonly string[];
  readonly code: number;
  /** Must all be in what is said. */
  readonly says: readonly string[];
  readonly tables?: readonly string[];
}

const cases: readonly Case[] = [
  { name: "an empty folder", files: {}, code: 2, says: ["QG110", "--source"] },
  { name: "a folder with no schema", files: { "src/main.ts": "1" }, code: 2, says: ["QG110"] },
  {
    name: "a source that is not there",
    files: { "a.sql": orders },
    words: ["--source", "b.sql"],
    code: 2,
    says: ["QG113", "b.sql"],
  },
  {
    name: "a source outside the repository",
    files: { "a.sql": orders },
    words: ["--source", "../a.sql"],
    code: 2,
    says: ["QG114"],
  },
  {
    name: "an empty file",
    files: { "migrations/0001_a.sql": "", "migrations/0002_b.sql": orders },
    code: 0,
    says: [],
    tables: ["public.orders"],
  },
  {
    name: "only empty files",
    files: { "migrations/0001_a.sql": "", "migrations/0002_b.sql": "-- later\n" },
    code: 0,
    says: [],
    tables: [],
  },
  {
    name: "a binary file among the migrations",
    files: { "migrations/0001_a.sql": orders, "migrations/0002_b.sql": random },
    code: 0,
    says: ["QG206", "migrations/0002_b.sql"],
    tables: ["public.orders"],
  },
  {
    name: "a file cut in the middle",
    files: { "migrations/0001_a.sql": `${orders}create function f() returns int as $$ begin\n return` },
    code: 0,
    says: ["QG207", "migrations/0001_a.sql:2"],
    tables: ["public.orders"],
  },
  {
    name: "a file that is not SQL",
    files: { "migrations/0001_a.sql": orders, "migrations/0002_b.sql": "# Notes\n\nWe should add carts.\n" },
    code: 0,
    says: ["QG202", "migrations/0002_b.sql:1"],
    tables: ["public.orders"],
  },
  {
    name: "a partial model with --strict",
    files: { "migrations/0001_a.sql": orders, "migrations/0002_b.sql": "create tabel carts (id int);" },
    words: ["--strict"],
    code: 2,
    says: ["QG202"],
    tables: ["public.orders"],
  },
  {
    name: "a wrong configuration",
    files: { "a.sql": orders, "querygenie.yml": "databases:\n  - id: Shop\n" },
    code: 2,
    says: ["querygenie.yml:2"],
  },
  {
    name: "a configuration that is no YAML",
    files: { "a.sql": orders, "querygenie.yml": "a: [1\n" },
    code: 2,
    says: ["QG101"],
  },
  {
    name: "an unknown option",
    files: { "a.sql": orders },
    words: ["--formt", "json"],
    code: 2,
    says: ["QG120", "--format"],
  },
  {
    name: "a value that is not allowed",
    files: { "a.sql": orders },
    words: ["--dialect", "oracle"],
    code: 2,
    says: ["QG120", "postgres"],
  },
];

describe("input that is not as hoped", () => {
  test.for(cases)("$name", async ({ files, words = [], code, says, tables }) => {
    const root = await repository(files);
    const run = await runCli(["model", ...words], { cwd: root });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: run.stderr });
    for (const text of says) expect(run.stderr).toContain(text);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    const ids = run.stdout === "" ? undefined : modelSchema.parse(JSON.parse(run.stdout)).tables.map(({ id }) => id);
    expect(ids).toEqual(tables);
    // Reading writes nothing.
    expect((await readdir(root, { recursive: true })).length).toBeLessThanOrEqual(Object.keys(files).length * 2);
  });

  test("an unknown command names the commands", async () => {
    const run = await runCli(["biuld"], { cwd: await repository({}) });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("build");
  });

  test("50 MB of data is read without its rows, and within the limit of memory", async () => {
    const row = `insert into orders values ${Array.from({ length: 2000 }, (_, n) => `(${n})`).join(", ")};\n`;
    const text = `create table orders (id bigint);\n${row.repeat(Math.ceil((50 * 1024 * 1024) / row.length))}create table carts (id int);\n`;
    const run = await runCli(["model"], { cwd: await repository({ "schema.sql": text }) });
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("public.carts");
  });
});
