import { describe, expect, test } from "vitest";
import { declaredLayouts, drizzleOutput } from "#test/support/declared-layouts.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { splitStatements } from "../languages/sql/postgres/split.ts";
import type { Trust } from "../ports.ts";
import { detectSources } from "./detect-sources.ts";
import { listFiles, type FileListing } from "./listing.ts";
import { readSource } from "./read-source.ts";
import { frameworks } from "./registry.ts";

const engine = "postgres";
const trusted: Trust = {
  kind: "trusted",
  run: () => Promise.resolve({ exitCode: 0, stdout: drizzleOutput, stderr: "", timedOut: false }),
};
const listingOf = (files: Readonly<Record<string, string>>): Promise<FileListing> =>
  listFiles(memoryWorkspace(files), { fileMegabytes: 1 });

const declared = frameworks.filter(({ kind }) => kind === "declared");
const history = { "db/migrations/1_customers.up.sql": "create table customers (id int primary key);\n" };

test("every language has a layout to be tried on", () => {
  expect(declared.map(({ id }) => id)).toEqual(Object.keys(declaredLayouts).sort());
});

describe.each(declared.map(({ id }) => [id] as const))("%s", (id) => {
  const layout = declaredLayouts[id];
  if (!layout) throw new Error(`no layout for ${id}`);
  const { path, files } = layout;

  test("is found without configuration, with its engine", async () => {
    const { value, problems } = await detectSources({ listing: await listingOf(files), engine });
    expect(value.map((one) => [one.framework, one.path, one.engine])).toEqual([[id, path, engine]]);
    expect(problems).toEqual([]);
  });

  test("is kept for comparison beside a history, which is what the database has", async () => {
    const listing = await listingOf({ ...files, ...history });
    const { value, problems } = await detectSources({ listing, engine });
    const main = value.find((one) => one.framework === "golang-migrate");
    const others = value.flatMap((one) => (one.framework === id ? [one.framework] : []));
    expect([...(main?.alternates ?? []).map((one) => one.framework), ...others]).toEqual([id]);
    expect(main?.alternates.length === 0 || problems.some(({ code }) => code === "QG217")).toBe(true);
  });

  test("is read from its path alone, each statement at the line that asks for it", async () => {
    const { value, problems } = await readSource({
      source: { path },
      engine,
      listing: await listingOf(files),
      trust: trusted,
    });
    expect(problems).toEqual([]);
    const statements = value.flatMap((file) =>
      splitStatements(file, { firstLine: file.firstLine ?? 1 }).statements.map(({ text, span }) => ({ text, span })),
    );
    const misplaced = statements.filter(({ text, span }) => {
      const table = /^CREATE TABLE "(\w+)"/.exec(text)?.[1];
      const index = /^CREATE INDEX "(\w+)"/.exec(text)?.[1];
      const line =
        files[span.file]
          ?.split("\n")
          .slice(span.line - 1, span.line + 4)
          .join("\n") ?? "";
      const asksForTable = table === undefined || line.toLowerCase().includes(table.replace(/s$/, ""));
      return !asksForTable || (index !== undefined && !line.includes(index));
    });
    expect(misplaced).toEqual([]);
    const made = statements.map(({ text }) =>
      text
        .split(/[\s(]+/)
        .slice(0, 3)
        .join(" "),
    );
    expect(made).toEqual(
      expect.arrayContaining(['CREATE TABLE "customers"', 'CREATE TABLE "orders"', 'CREATE INDEX "orders_customer"']),
    );
    expect(statements.some(({ text }) => /FOREIGN KEY \("customer_id"\)/.test(text))).toBe(true);
  });
});

test("Drizzle's program is not run on an event that is not trusted: the committed migrations are read", async () => {
  const layout = declaredLayouts["drizzle-schema"];
  const listing = await listingOf({
    ...layout?.files,
    "drizzle/meta/_journal.json": JSON.stringify({
      dialect: "postgresql",
      entries: [{ idx: 0, when: 1, tag: "0000_a" }],
    }),
    "drizzle/0000_a.sql": "create table customers (id int);\n",
  });
  const untrusted: Trust = { kind: "untrusted", why: "the pull request comes from a fork" };
  const source = { path: "drizzle.config.ts" };
  for (const trust of [untrusted, undefined]) {
    const { value, problems } = await readSource({ source, engine, listing, ...(trust ? { trust } : {}) });
    expect(value.map((file) => file.path)).toEqual(["drizzle/0000_a.sql"]);
    expect(problems).toMatchObject([
      { code: "QG723", severity: "info", help: "The committed migrations in drizzle were read instead." },
    ]);
  }
});

test("a program that fails costs the reading, not the run, and its first line is told", async () => {
  const layout = declaredLayouts["drizzle-schema"];
  const trust: Trust = {
    kind: "trusted",
    run: () =>
      Promise.resolve({ exitCode: 1, stdout: "", stderr: "Cannot find module 'drizzle-orm'\n at x", timedOut: false }),
  };
  const listing = await listingOf(layout?.files ?? {});
  const { value, problems } = await readSource({ source: { path: "drizzle.config.ts" }, engine, listing, trust });
  expect(value).toEqual([]);
  expect(problems).toMatchObject([
    {
      code: "QG724",
      severity: "error",
      message: "drizzle-kit export failed for drizzle.config.ts: Cannot find module 'drizzle-orm'",
    },
  ]);
});
