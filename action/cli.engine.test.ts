import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { compareText } from "#schemas/frameworks/order.ts";
import { buildResultSchema } from "#schemas/json/build-result.ts";
import { coverageSchema } from "#schemas/json/coverage.ts";
import { changeListSchema } from "#schemas/json/diff.ts";
import { doctorSchema } from "#schemas/json/doctor.ts";
import { explainResultSchema } from "#schemas/json/explain-result.ts";
import { fixturesManifestSchema } from "#schemas/json/fixtures-manifest.ts";
import { lintSchema } from "#schemas/json/lint.ts";
import { manifestSchema } from "#schemas/json/manifest.ts";
import { modelSchema } from "#schemas/json/model.ts";
import { queryResultSchema } from "#schemas/json/query-result.ts";
import { reportSchema } from "#schemas/json/report.ts";
import { searchResultsSchema } from "#schemas/json/search-results.ts";
import { shopFolder } from "#test/support/shop.ts";
import { runCli, type CliRun } from "#test/support/run-cli.ts";

let shop = "";
const cli = (...words: string[]): Promise<CliRun> => runCli(words, { cwd: shop });

beforeAll(async () => {
  shop = await mkdtemp(join(tmpdir(), "querygenie-shop-"));
  await cp(shopFolder, shop, { recursive: true });
});

describe("the sample's committed files", () => {
  test("are what a build writes", async () => {
    const run = await cli("build", "--check", "--strict");
    expect(run).toMatchObject({ code: 0, stdout: "" });
  });

  test("are written by a first build from nothing, byte for byte", async () => {
    const root = await mkdtemp(join(tmpdir(), "querygenie-fresh-"));
    for (const part of ["migrations", "queries", "glossary.md", "querygenie.yml", ".querygenie/stats"]) {
      await cp(join(shopFolder, part), join(root, part), { recursive: true });
    }
    expect(await runCli(["build", "--quiet"], { cwd: root })).toMatchObject({ code: 0 });
    for (const folder of ["docs/database", "fixtures", ".querygenie"]) {
      const paths = (await readdir(join(shopFolder, folder), { recursive: true, withFileTypes: true })).filter(
        (entry) => entry.isFile(),
      );
      for (const { parentPath, name } of paths) {
        const path = join(parentPath, name);
        const made = await readFile(join(root, path.slice(shopFolder.length)), "utf8");
        expect(made, path.slice(shopFolder.length)).toBe(await readFile(path, "utf8"));
      }
    }
  });

  test("hold what their JSON Schemas say", async () => {
    const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(shopFolder, path), "utf8"));
    expect(modelSchema.safeParse(await read("docs/database/model.json")).error).toBeUndefined();
    expect(manifestSchema.safeParse(await read(".querygenie/manifest.json")).error).toBeUndefined();
    expect(fixturesManifestSchema.safeParse(await read("fixtures/manifest.json")).error).toBeUndefined();
  });
});

describe("a build", () => {
  test("does nothing the second time", async () => {
    await cli("build");
    const again = await cli("build", "--format", "json");
    const result = buildResultSchema.parse(JSON.parse(again.stdout));
    expect([result.upToDate, result.written, result.removed]).toEqual([true, [], []]);
  });

  test("--check names the files that a change makes stale, writes nothing and exits with 1", async () => {
    const path = join(shop, "migrations", "0031_note.sql");
    await writeFile(
      path,
      "ALTER TABLE sales.orders ADD COLUMN gift_note text;\nCOMMENT ON COLUMN sales.orders.gift_note IS 'Words for the one who gets it.';\n",
    );
    const before = await readFile(join(shop, "docs/database/sales.orders.md"), "utf8");
    const run = await cli("build", "--check");
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("would write   docs/database/sales.orders.md\n");
    expect(run.stdout).not.toContain("docs/database/people.countries.md");
    expect(await readFile(join(shop, "docs/database/sales.orders.md"), "utf8")).toBe(before);
    await rm(path);
  });

  test("--only leaves the other files as they are", async () => {
    await rm(join(shop, "docs/database/sales.orders.md"));
    await rm(join(shop, "fixtures/shop.sql"));
    expect(await cli("build", "--only", "docs")).toMatchObject({ code: 0 });
    expect(await readdir(join(shop, "docs/database"))).toContain("sales.orders.md");
    expect(await readdir(join(shop, "docs/database"))).toContain("erd");
    expect(await readdir(join(shop, "fixtures"))).not.toContain("shop.sql");
    expect(await cli("build", "--check")).toMatchObject({ code: 1 });
    expect(await cli("build")).toMatchObject({ code: 0 });
  });

  test("refuses a generator it does not have", async () => {
    const run = await cli("build", "--only", "doc");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("fixtures");
  });
});

describe("a review", () => {
  test("of the pending migration exits with 1 and names the queries it breaks", async () => {
    const run = await cli("review", "migrations-pending/0031_order_rework.sql", "--format", "json");
    expect(run.code).toBe(1);
    const report = reportSchema.parse(JSON.parse(run.stdout));
    const broken = report.findings
      .filter(({ rule }) => rule === "query-breaks")
      .map(({ message }) => /queries\/[\w-]+\.sql/.exec(message)?.[0] ?? message);
    expect(broken.sort(compareText)).toEqual([
      "queries/late-deliveries.sql",
      "queries/open-orders.sql",
      "queries/payment-delay.sql",
    ]);
  });

  test("never fails when told so, and takes single rules", async () => {
    const run = await cli(
      "review",
      "migrations-pending/0031_order_rework.sql",
      "--fail-on",
      "never",
      "--rules",
      "rename-column",
      "--format",
      "json",
    );
    expect(run.code).toBe(0);
    expect(new Set(reportSchema.parse(JSON.parse(run.stdout)).findings.map(({ rule }) => rule))).toEqual(
      new Set(["rename-column"]),
    );
  });

  test("of a file that is not there exits with 2", async () => {
    expect(await cli("review", "migrations/9999_none.sql")).toMatchObject({ code: 2 });
  });
});

test("diff says what one file changes against another", async () => {
  await writeFile(join(shop, "before.sql"), "create table carts (id int, note varchar(20));");
  await writeFile(join(shop, "after.sql"), "create table carts (id int, note varchar(40), owner text);");
  const run = await cli("diff", "before.sql", "after.sql", "--exit-code");
  expect(run.code).toBe(1);
  expect(run.stdout).toContain("owner");
  const json = await cli("diff", "before.sql", "after.sql", "--format", "json");
  expect(json.code).toBe(0);
  expect(changeListSchema.parse(JSON.parse(json.stdout)).changes).toHaveLength(2);
  expect(await cli("diff", "before.sql", "before.sql", "--exit-code")).toMatchObject({ code: 0 });
});

interface Output {
  readonly words: readonly string[];
  readonly schema: z.ZodType;
  readonly code: number;
}

const outputs: readonly Output[] = [
  { words: ["search", "late parcels"], schema: searchResultsSchema, code: 0 },
  { words: ["query", "queries/open-orders.sql"], schema: queryResultSchema, code: 0 },
  { words: ["explain", "queries/open-orders.sql"], schema: explainResultSchema, code: 0 },
  { words: ["lint"], schema: lintSchema, code: 0 },
  { words: ["coverage"], schema: coverageSchema, code: 0 },
  { words: ["doctor"], schema: doctorSchema, code: 0 },
];

test.for(outputs)("$words.0 --format json prints what its JSON Schema says", async ({ words, schema, code }) => {
  const run = await cli(...words, "--format", "json");
  expect(run).toMatchObject({ code });
  expect(schema.safeParse(JSON.parse(run.stdout)).error).toBeUndefined();
});

test("optimize names the index that a query lacks at production's sizes, and says when these cannot be read", async () => {
  const sql =
    "select order_no from sales.orders where state = 'paid' and placed_at > '2024-01-01' order by placed_at limit 10";
  const { code, stdout } = await cli("optimize", sql);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("CREATE INDEX CONCURRENTLY ON sales.orders (state, placed_at)"),
  ]);
  const path = join(shop, ".querygenie/stats/production.json");
  const sizes = await readFile(path, "utf8");
  await writeFile(path, "{");
  const blind = await cli("optimize", sql);
  await writeFile(path, sizes);
  expect(blind.stderr).toContain("QG113");
  expect(blind.stdout).toContain("table sizes are unknown");
});

test("a query that writes is refused with its place, and nothing is written", async () => {
  const run = await cli("query", "with gone as (delete from sales.orders returning 1) select * from gone");
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("QG501");
});

test("seed writes a script that differs by seed only", async () => {
  const [one, again, other] = [
    await cli("seed", "--rows", "3"),
    await cli("seed", "--rows", "3"),
    await cli("seed", "--rows", "3", "--seed", "other"),
  ];
  expect(one.code).toBe(0);
  expect(one.stdout).toContain("INSERT INTO");
  expect(again.stdout).toBe(one.stdout);
  expect(other.stdout).not.toBe(one.stdout);
});

test("init writes a configuration that build then uses", async () => {
  const root = await mkdtemp(join(tmpdir(), "querygenie-init-"));
  await cp(join(shopFolder, "migrations"), join(root, "db", "migrations"), { recursive: true });
  const run = await runCli(["init"], { cwd: root });
  expect(run).toMatchObject({ code: 0 });
  expect(await readFile(join(root, "querygenie.yml"), "utf8")).toContain("db/migrations");
  expect(await runCli(["init"], { cwd: root })).toMatchObject({ code: 0 });
  expect((await runCli(["model", "--format", "dbml"], { cwd: root })).stdout).toContain("Table");
});
