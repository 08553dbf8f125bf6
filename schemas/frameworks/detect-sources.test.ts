import { expect, test } from "vitest";
import { detectSources } from "./detect-sources.ts";
import { layouts } from "#test/support/layouts.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";

interface Expected {
  /** `id framework path`, then `+ path` for each other reading and `~ engine path` for each other engine. */
  readonly sources: readonly string[];
  readonly problems?: readonly unknown[];
}

async function check(files: Readonly<Record<string, string | Uint8Array>>, expected: Expected): Promise<void> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const { value, problems } = await detectSources({ listing, engine: "postgres" });
  const told = value.map((one) => {
    const alternates = one.alternates.map((other) => `+ ${other.path}`);
    const variants = one.variants.map((other) => `~ ${other.engine} ${other.path}`);
    return [`${one.id} ${one.framework} ${one.path}`, ...alternates, ...variants].join(" ");
  });
  expect(told).toEqual(expected.sources);
  expect(problems).toEqual(expected.problems ?? []);
}

const table = "CREATE TABLE orders (id bigserial PRIMARY KEY);\n";
const golang = layouts["golang-migrate"]?.files ?? {};
const prisma = layouts["prisma"]?.files ?? {};

test("prefers a whole history to the dump beside it, keeps the dump and says so", () =>
  check(
    { ...golang, "schema.sql": table },
    {
      sources: ["main golang-migrate migrations + schema.sql"],
      problems: [
        expect.objectContaining({
          code: "QG217",
          severity: "info",
          message: expect.stringMatching(/^migrations was read/),
        }),
      ],
    },
  ));

test("prefers the dump when the history has a step in code", () =>
  check(
    { ...golang, "migrations/3_fill.go": "package migrations", "schema.sql": table },
    {
      sources: ["main dump schema.sql + migrations"],
      problems: [
        expect.objectContaining({
          code: "QG217",
          message: expect.stringContaining("3_fill.go is a migration in code"),
        }),
      ],
    },
  ));

test("prefers the dump when the history needs a baseline", () =>
  check(
    { ...layouts["version-folders"]?.files, "store/LATEST.sql": table },
    { sources: ["main dump store/LATEST.sql + store"], problems: [expect.objectContaining({ code: "QG217" })] },
  ));

test("gives each database of a monorepo an id from its path", () =>
  check(
    {
      "apps/billing/db/migrations/0001_invoices.sql": table,
      "apps/shop/db/migrations/0001_orders.sql": table,
      "services/shop/migrations/0001_orders.sql": table,
    },
    {
      sources: [
        "billing numbered apps/billing/db/migrations",
        "shop numbered apps/shop/db/migrations",
        "shop-2 numbered services/shop/migrations",
      ],
    },
  ));

test("gives a dump to the history nearest to it", () =>
  check(
    { "billing/migrations/0001_a.sql": table, "shop/migrations/0001_a.sql": table, "shop/schema.sql": table },
    {
      sources: ["billing numbered billing/migrations", "shop numbered shop/migrations + shop/schema.sql"],
      problems: [expect.objectContaining({ code: "QG217" })],
    },
  ));

test("shows the same layout for other engines and reads only the one that is wanted", () =>
  check(
    {
      "db/mysql/0001_a.sql": "CREATE TABLE `a` (id int);",
      "db/postgres/0001_a.sql": table,
      "db/postgres/0002_b.sql": "",
      "db/mysql/0002_b.sql": "",
    },
    { sources: ["main numbered db/postgres ~ mysql db/mysql"] },
  ));

test("leaves SQL for tests and examples aside while there is other", () =>
  check(
    { ...prisma, "test/fixtures/schema.sql": table, "examples/migrations/0001_a.sql": table },
    { sources: ["main prisma prisma/migrations"] },
  ));

test("takes SQL for examples when there is nothing else", () =>
  check({ "examples/migrations/0001_a.sql": table }, { sources: ["main numbered examples/migrations"] }));

test("asks when two layouts fit a folder equally well and read differently", () =>
  check(
    { "migrations/1_a.up.sql": table, "migrations/V2.B.up.sql": table },
    {
      sources: ["main golang-migrate migrations + migrations"],
      problems: [
        {
          code: "QG112",
          severity: "warning",
          message:
            "migrations fits several layouts equally well: golang-migrate (migrations) and versioned-up (migrations); the first was taken",
          help: "Write the right one in querygenie.yml: sources: [{ path: migrations, framework: … }].",
        },
      ],
    },
  ));

test("ignores a lone script while there is a history", () =>
  check({ ...prisma, "tools/report.sql": table }, { sources: ["main prisma prisma/migrations"] }));

test("says that there is no SQL at all", () =>
  check(
    { "README.md": "" },
    {
      sources: [],
      problems: [
        expect.objectContaining({
          code: "QG110",
          message: "no postgres schema or migrations were found; the repository has no .sql file",
        }),
      ],
    },
  ));

test("says where SQL lies that it does not understand", () =>
  check(
    { "sql/a.sql": table, "sql/b.sql": table },
    {
      sources: [],
      problems: [
        expect.objectContaining({
          code: "QG110",
          message: "no postgres schema or migrations were found; 2 .sql files lie in sql, in no layout that is known",
        }),
      ],
    },
  ));

test("says that the schema is there and cannot be read", () =>
  check(
    { "schema.sql": new Uint8Array([1, 0, 2, 0, 0, 3]), "dump.sql": "x".repeat(1_100_000) },
    {
      sources: [],
      problems: [
        expect.objectContaining({ code: "QG110" }),
        expect.objectContaining({
          code: "QG214",
          message: "dump.sql has 1.0 MB, more than the limit of 1 MB, and was not read",
        }),
        expect.objectContaining({ code: "QG206", message: expect.stringContaining("schema.sql") }),
      ],
    },
  ));

test("takes no dialect from a name, be it quoted with a backtick in it or a word of JavaScript", () =>
  check(
    {
      "migrations/1_a.sql": 'CREATE TABLE orders ("`" int, "a`b" text, constructor text, "pragma" int);\n',
      "migrations/2_b.sql": "CREATE TABLE constructor (id int);\n",
    },
    { sources: ["main numbered migrations"] },
  ));

const mysqlTable = "CREATE TABLE `orders` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n";
test.each([
  ["the only one there is", { "db/schema.sql": mysqlTable }, ["db/schema.sql for mysql"]],
  ["PostgreSQL before others", { "pg/schema.sql": table, "my/schema.sql": mysqlTable }, ["pg/schema.sql for postgres"]],
  [
    "not what tests are for",
    { "db/schema.sql": mysqlTable, "testdata/schema.sql": table },
    ["db/schema.sql for mysql"],
  ],
  ["not one that cannot be read", { "db/schema.sql": "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);\n" }, []],
])("takes the engine of the schema when none is asked for: %s", async (_, files, expected) => {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const { value } = await detectSources({ listing });
  expect(value.map(({ path, engine }) => `${path} for ${engine}`)).toEqual(expected);
});

test("says which schema of another engine it leaves out, but not another form of the one it reads", async () => {
  const files = {
    "shop/migrations/postgres/1_a.up.sql": table,
    "shop/migrations/mysql/1_a.up.sql": mysqlTable,
    "billing/schema.sql": mysqlTable,
    "billing/testdata/schema.sql": mysqlTable,
  };
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const { problems } = await detectSources({ listing });
  expect(problems).toEqual([
    expect.objectContaining({ code: "QG117", message: "billing/schema.sql holds a schema for mysql and was left out" }),
  ]);
  expect((await detectSources({ listing, engine: "postgres" })).problems).toEqual([]);
});
