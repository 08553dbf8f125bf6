import { describe, expect, test } from "vitest";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { detectSources } from "./detect-sources.ts";
import { listFiles } from "./listing.ts";
import { readSource } from "./read-source.ts";

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';
const CUSTOMER = "model Customer {\n  id Int @id\n  orders Order[]\n}\n";
const ORDER =
  "model Order {\n  id Int @id\n  customerId Int\n  customer Customer @relation(fields: [customerId], references: [id])\n  state State\n}\n";
const STATE = "enum State {\n  OPEN\n}\n";
const LONE = "model Lone {\n  id Int @id\n}\n";

/** What a source's path makes: tables and types, sorted, and codes of problems. */
async function check(
  files: Readonly<Record<string, string>>,
  path: string,
  expected: readonly string[],
  problems: readonly string[] = [],
): Promise<void> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const read = await readSource({ source: { path }, engine: "postgres", listing });
  const text = read.value.map((file) => file.text).join("\n");
  const made = [...text.matchAll(/CREATE (?:TABLE|TYPE) "(\w+)"/g)].map(([, name]) => name ?? "");
  expect(made.sort()).toEqual(expected);
  expect(read.problems.map(({ code }) => code)).toEqual(problems);
}

const all = ["Customer", "Order", "State"];
const layouts: readonly (readonly [name: string, path: string, files: Readonly<Record<string, string>>])[] = [
  [
    "models below the datasource's folder",
    "prisma/schema.prisma",
    {
      "prisma/schema.prisma": DATASOURCE,
      "prisma/models/customer.prisma": CUSTOMER,
      "prisma/models/sales/order.prisma": ORDER,
      "prisma/enums.prisma": STATE,
    },
  ],
  [
    "a datasource in a folder of its own",
    "prisma/schema/config/db.prisma",
    {
      "prisma/schema/config/db.prisma": DATASOURCE,
      "prisma/schema/models/customer.prisma": CUSTOMER,
      "prisma/schema/models/order.prisma": ORDER + STATE,
    },
  ],
  [
    "the folder that prisma.config.ts names",
    "db/base/db.prisma",
    {
      "prisma.config.ts": 'import path from "node:path";\nexport default { schema: path.join("db") };\n',
      "db/base/db.prisma": DATASOURCE,
      "db/base/state.prisma": STATE,
      "db/models/customer.prisma": CUSTOMER,
      "db/models/order.prisma": ORDER,
    },
  ],
  [
    "the folder that package.json names, in a workspace",
    "packages/db/schema/base/db.prisma",
    {
      "packages/db/package.json": '{ "prisma": { "schema": "./schema" } }',
      "packages/db/schema/base/db.prisma": DATASOURCE + STATE,
      "packages/db/schema/customer.prisma": CUSTOMER,
      "packages/db/schema/order.prisma": ORDER,
      "packages/other/prisma/schema.prisma": DATASOURCE + LONE,
    },
  ],
];

describe.each(layouts)("%s", (_, path, files) => {
  test("is found as one schema, and read from its file", async () => {
    const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
    const { value } = await detectSources({ listing, engine: "postgres" });
    const count = Object.keys(files).filter((one) => one.endsWith(".prisma") && !one.includes("/other/")).length;
    expect(value.map((one) => [one.framework, one.path, one.files])).toContainEqual(["prisma-schema", path, count]);
    await check(files, path, all);
  });
});

test.each([
  ["prisma", { "prisma/schema/db.prisma": DATASOURCE, "prisma/schema/a.prisma": CUSTOMER + ORDER + STATE }],
  ["db", { "db/base/db.prisma": DATASOURCE, "db/models/a.prisma": CUSTOMER + ORDER + STATE }],
])("is read from a folder above: %s", (path, files) => check(files, path, all));

test("two schemas in one folder are two schemas of one file each", async () => {
  const files = {
    "prisma/a/schema.prisma": DATASOURCE + LONE,
    "prisma/b/schema.prisma": DATASOURCE + CUSTOMER + ORDER + STATE,
  };
  await check(files, "prisma/a/schema.prisma", ["Lone"]);
  await check(files, "prisma/b/schema.prisma", all);
  await check(files, "prisma", [], ["QG111"]);
});

test("a configuration that cannot be read or names another place changes nothing", async () => {
  for (const written of ['{ "prisma": ', '{ "prisma": { "schema": "elsewhere" } }', '{ "prisma": 3 }', "null"])
    await check({ "package.json": written, "prisma/schema.prisma": DATASOURCE + LONE }, "prisma", ["Lone"]);
});
