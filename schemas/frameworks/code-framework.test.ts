import { describe, expect, test } from "vitest";
import { detectSources } from "./detect-sources.ts";
import { frameworks } from "./registry.ts";
import { layouts } from "#test/support/layouts.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { readSource } from "./read-source.ts";
import type { FileListing } from "./listing.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { DetectedSource } from "./detect-sources.ts";

type Files = Readonly<Record<string, string>>;

const cases: Readonly<Record<string, { readonly folder: string; readonly files: Files }>> = {
  alembic: {
    folder: "alembic/versions",
    files: { "alembic.ini": "", "alembic/env.py": "", "alembic/versions/1a2b3c_orders.py": "def upgrade(): pass" },
  },
  django: {
    folder: "shop/migrations",
    files: { "shop/migrations/__init__.py": "", "shop/migrations/0001_initial.py": "" },
  },
  "ef-core": {
    folder: "Shop/Migrations",
    files: {
      "Shop/Migrations/20260101000000_Orders.cs": "",
      "Shop/Migrations/20260101000000_Orders.Designer.cs": "",
      "Shop/Migrations/ShopContextModelSnapshot.cs": "",
    },
  },
  knex: {
    folder: "migrations",
    files: { "migrations/20260101000000_orders.js": "exports.up = (knex) => knex.schema.createTable('orders')" },
  },
  laravel: {
    folder: "database/migrations",
    files: { "database/migrations/2026_01_01_000000_create_orders_table.php": "<?php" },
  },
  "mikro-orm": { folder: "migrations", files: { "migrations/Migration20260101000000.ts": "" } },
  rails: { folder: "db/migrate", files: { "db/migrate/20260101000000_create_orders.rb": "" } },
  sequelize: {
    folder: "migrations",
    files: { "migrations/20260101000000-orders.js": "module.exports = { up: (queryInterface) => {} }" },
  },
  typeorm: {
    folder: "src/migrations",
    files: {
      "src/migrations/1767225600000-Orders.ts": "export class Orders1767225600000 implements MigrationInterface {}",
    },
  },
};

const listingOf = (files: Files): Promise<FileListing> => listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
const detect = async (files: Files): Promise<WithProblems<readonly DetectedSource[]>> =>
  detectSources({ listing: await listingOf(files), engine: "postgres" });
const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, severity }) => `${code} ${severity}`);

test("every framework in code has a case", () => {
  const ids = frameworks.filter((framework) => framework.kind === "code").map((framework) => framework.id);
  expect(ids).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))("%s", (id, { folder, files }) => {
  const framework = frameworks.find((one) => one.id === id);

  test("is recognised, and no other framework in code with it", async () => {
    const listing = await listingOf(files);
    const code = frameworks.filter((one) => one.kind === "code");
    const found = await Promise.all(code.map((one) => one.detect(folder, listing)));
    expect(found.flat()).toMatchObject([{ framework: id, path: folder, engine: null, files: 1 }]);
  });

  test("is reported with what to do when there is nothing else", async () => {
    const { value, problems } = await detect(files);
    expect(value).toEqual([]);
    expect(told(problems)).toEqual(["QG110 error", "QG209 error"]);
    expect(problems[1]?.message).toBe(
      `the migrations of ${framework?.title} in ${folder} are code and were not replayed`,
    );
    expect(problems[1]?.help).toBe(framework?.instead);
  });

  test("is reported as a warning when something readable is elsewhere", async () => {
    const { value, problems } = await detect({ ...files, ...moved(layouts["prisma"]?.files ?? {}, "other") });
    expect(value.map((one) => one.framework)).toEqual(["prisma"]);
    expect(told(problems)).toEqual(["QG209 warning"]);
  });

  test("says nothing when a dump stands for it", async () => {
    const { value, problems } = await detect({ ...files, "schema.sql": "CREATE TABLE orders (id int);" });
    expect(value.map((one) => one.path)).toEqual(["schema.sql"]);
    expect(problems).toEqual([]);
  });

  test("is refused when the configuration names it", async () => {
    const listing = await listingOf(files);
    const source = { path: folder, framework: id };
    expect(told((await readSource({ source, listing, engine: "postgres" })).problems)).toEqual(["QG209 error"]);
  });
});

test("Rails' structure.sql wins over its migrations", async () => {
  const { value, problems } = await detect({
    ...cases["rails"]?.files,
    "db/structure.sql": "CREATE TABLE orders (id bigint);",
  });
  expect(value).toMatchObject([{ framework: "dump", path: "db/structure.sql" }]);
  expect(problems).toEqual([]);
});

test("names a few folders of many", async () => {
  const apps = ["a", "b", "c", "d", "e"].flatMap((app) => [
    [`${app}/migrations/__init__.py`, ""],
    [`${app}/migrations/0001_initial.py`, ""],
  ]);
  const { problems } = await detect(Object.fromEntries(apps));
  expect(problems[1]?.message).toContain("in a/migrations, b/migrations, c/migrations and 2 more folders are code");
});

function moved(files: Files, folder: string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}
