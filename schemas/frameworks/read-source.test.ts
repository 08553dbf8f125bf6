import { expect, test } from "vitest";
import { layouts } from "#test/support/layouts.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { normalisePath } from "./normalise-path.ts";
import { readSource } from "./read-source.ts";
import type { SourceSetting } from "./read-source.ts";

const files: Readonly<Record<string, string>> = {
  "db/migrations/0001_customers.sql": "CREATE TABLE customers (id int);\n",
  "db/migrations/0002_orders.sql": "CREATE TABLE orders (id int);\n",
  "db/prelude.sql": "CREATE ROLE shop_app;\n",
  "db/tables/10-orders.sql": "CREATE TABLE orders (id int);\n",
  "db/tables/9-customers.sql": "CREATE TABLE customers (id int);\n",
  "db/views/open_orders.sql": "CREATE VIEW open_orders AS SELECT 1;\n",
  "db/notes/readme.txt": "nothing here",
  "db/templates/0001_schema.sql": "CREATE SCHEMA {{ .Schema }};\n",
  ...layouts["prisma"]?.files,
};

async function check(
  source: SourceSetting,
  expected: { files?: readonly string[]; problems?: unknown },
): Promise<void> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const origin = { file: "querygenie.yml", line: 14, column: 5 };
  const { value, problems } = await readSource({
    source,
    listing,
    engine: "postgres",
    label: "sources[0].path",
    origin,
  });
  expect(value.map((file) => file.path)).toEqual(expected.files ?? []);
  expect(problems).toEqual(expected.problems ?? []);
}

test("reads a folder by the layout it shows", () =>
  check(
    { path: "./db/migrations/" },
    { files: ["db/migrations/0001_customers.sql", "db/migrations/0002_orders.sql"] },
  ));

test("reads preludes before the history", () =>
  check(
    { path: "db/migrations", prelude: ["db/prelude.sql"] },
    { files: ["db/prelude.sql", "db/migrations/0001_customers.sql", "db/migrations/0002_orders.sql"] },
  ));

test("marks preludes, whose objects are not documented, and no step of the history", async () => {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const source = { path: "db/migrations", prelude: ["db/prelude.sql"] };
  const { value } = await readSource({ source, listing, engine: "postgres" });
  expect(value.map((file) => file.isPrelude ?? false)).toEqual([true, false, false]);
});

test("puts the platform's own objects before its first step", async () => {
  const listing = await listFiles(memoryWorkspace({ "supabase/migrations/1_a.sql": "" }), { fileMegabytes: 1 });
  const { value } = await readSource({ source: { path: "supabase/migrations" }, listing, engine: "postgres" });
  expect(value.map((file) => [file.path, file.isPrelude ?? false])).toEqual([
    ["supabase platform", true],
    ["supabase/migrations/1_a.sql", false],
  ]);
});

test("reads only what a glob keeps, and orders it as the layout does", () =>
  check({ path: "db/migrations/0002*.sql" }, { files: ["db/migrations/0002_orders.sql"] }));

test("keeps the layout's rules when a glob spans its folders", () =>
  check({ path: "prisma/migrations/*/migration.sql" }, { files: layouts["prisma"]?.order ?? [] }));

test("orders scripts of several folders by name with numbers as numbers", () =>
  check(
    { path: "db/{tables,views}/*.sql" },
    { files: ["db/tables/9-customers.sql", "db/tables/10-orders.sql", "db/views/open_orders.sql"] },
  ));

test("fills placeholders from the source's variables", async () => {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const source = { path: "db/templates", framework: "numbered", variables: { Schema: "sales" } };
  const { value, problems } = await readSource({ source, listing, engine: "postgres" });
  expect(value[0]?.text).toBe("CREATE SCHEMA sales;\n");
  expect(problems).toEqual([]);
});

test.each([
  ["postgres", ["QG208"]],
  ["mssql", []],
] as const)("takes psql's variables for such only where psql runs the script: %s", async (engine, codes) => {
  const listing = await listFiles(memoryWorkspace({ "db/schema.sql": ":setvar Size 3\ncreate table a (id int);\n" }), {
    fileMegabytes: 1,
  });
  const { problems } = await readSource({ source: { path: "db/schema.sql", framework: "dump" }, listing, engine });
  expect(problems.map(({ code }) => code)).toEqual(codes);
});

test("names the place of a placeholder without a value", () =>
  check(
    { path: "db/templates", framework: "numbered" },
    {
      files: ["db/templates/0001_schema.sql"],
      problems: [
        expect.objectContaining({
          code: "QG208",
          message: 'the placeholder "Schema" has no value',
          origin: { file: "db/templates/0001_schema.sql", line: 1, column: 15 },
        }),
      ],
    },
  ));

const origin = { file: "querygenie.yml", line: 14, column: 5 };

test("suggests the folder that a missing path was meant to be", () =>
  check(
    { path: "db/migrate" },
    {
      problems: [
        {
          code: "QG113",
          severity: "error",
          message: 'sources[0].path "db/migrate" does not exist',
          help: 'Did you mean "db/migrations" (2 .sql files)? querygenie init --force rewrites the sources.',
          makesIncomplete: true,
          origin,
        },
      ],
    },
  ));

test("refuses a path that leaves the repository", () =>
  check({ path: "db/../../secrets.sql" }, { problems: [expect.objectContaining({ code: "QG114", origin })] }));

test("says when a folder holds nothing to read", () =>
  check({ path: "db/notes" }, { problems: [expect.objectContaining({ code: "QG111", origin })] }));

test("says when a glob matches nothing", () =>
  check({ path: "db/**/*.dump" }, { problems: [expect.objectContaining({ code: "QG111", origin })] }));

test("names the frameworks it knows when one is unknown", () =>
  check(
    { path: "db/migrations", framework: "flyaway" },
    {
      problems: [
        expect.objectContaining({
          code: "QG103",
          help: expect.stringMatching(/^Did you mean "flyway"\? Known: alembic, /),
        }),
      ],
    },
  ));

test.each([
  ["db\\migrations", "db/migrations"],
  ["./db/./x/../migrations/", "db/migrations"],
  [".", ""],
  ["/etc/passwd", null],
  ["C:\\shop", null],
  ["..", null],
])("takes the path %s as %s", (path, expected) => expect(normalisePath(path)).toBe(expected));
