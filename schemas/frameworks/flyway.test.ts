import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { compareFlywayVersions, parseFlywayName } from "./flyway-names.ts";
import { flyway } from "./flyway.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (input: FrameworkCase["files"] | FrameworkCase, expected: FrameworkExpectation): Promise<void> =>
  checkFramework(flyway, isCase(input) ? input : { files: input }, expected);
function isCase(input: FrameworkCase["files"] | FrameworkCase): input is FrameworkCase {
  return typeof input["files"] === "object";
}

test("compares version parts as numbers", () =>
  check(
    { "V1_10_0__c.sql": "", "V1_5_2__a.sql": "", "V1.6__b.sql": "", "V2__d.sql": "" },
    { steps: ["V1_5_2__a.sql", "V1.6__b.sql", "V1_10_0__c.sql", "V2__d.sql"] },
  ));

test("runs repeatable files last, by description", () =>
  check(
    { "R__b_view.sql": "", "R__a_view.sql": "", "V1__a.sql": "" },
    { steps: ["V1__a.sql", "R__a_view.sql", "R__b_view.sql"] },
  ));

test("keeps an undo file with the version it undoes", () =>
  check({ "V1__a.sql": "", "U1__a.sql": "" }, { steps: ["V1__a.sql"], downs: ["U1__a.sql"] }));

test("starts from the newest baseline and forgets what is older", () =>
  check(
    { "V1__a.sql": "", "V2__b.sql": "", "V3__c.sql": "", "B1__old.sql": "", "B2__base.sql": "" },
    { steps: ["B2__base.sql", "V3__c.sql"] },
  ));

test("enters folders below, but not those of another engine", () =>
  check({ "V1__a.sql": "", "2026/V2__b.sql": "", "mysql/V3__c.sql": "" }, { steps: ["V1__a.sql", "2026/V2__b.sql"] }));

test("leaves the transaction when the file's .conf says so", () =>
  check(
    { "V1__a.sql": "", "V1__a.sql.conf": "executeInTransaction=false\n", "V2__b.sql": "" },
    { steps: ["V1__a.sql none", "V2__b.sql"] },
  ));

test("fills placeholders everywhere, its own included, and reports the rest with their line", () =>
  check(
    {
      files: { "V1__a.sql": "CREATE SCHEMA ${Shop};\nSELECT '${flyway:defaultSchema} ${shop}';\nSELECT ${other};" },
      variables: { shop: "sales" },
    },
    {
      steps: ["V1__a.sql"],
      texts: ["CREATE SCHEMA sales;\nSELECT 'public sales';\nSELECT ${other};"],
      problems: ["QG208 V1__a.sql:3"],
    },
  ));

test("reports callbacks and steps in Java", () =>
  check(
    { "V1__a.sql": "", "afterMigrate.sql": "", "V2__Fill.java": "" },
    { steps: ["V1__a.sql"], problems: ["QG210 afterMigrate.sql:1", "QG209 V2__Fill.java:1"] },
  ));

test("finds steps in Java in the package beside the resources", async () => {
  const tree = { "src/main/resources/db/V1__a.sql": "", "src/main/java/db/V2__Fill.java": "" };
  const listing = await listFiles(memoryWorkspace(tree), { fileMegabytes: 1 });
  const input = { path: "src/main/resources/db", listing, variables: {}, engine: "postgres" };
  expect((await flyway.read(input)).problems).toMatchObject([
    { code: "QG209", origin: { file: "src/main/java/db/V2__Fill.java" }, makesIncomplete: true },
  ]);
});

test("reports two names for one version", () =>
  check(
    { "V1_2__a.sql": "", "V1_2_0__b.sql": "" },
    { steps: ["V1_2_0__b.sql", "V1_2__a.sql"], problems: ["QG215 V1_2__a.sql:1"] },
  ));

test.each([
  ["1.2", "1.2.0", 0],
  ["1.9", "1.10", -1],
  ["2", "1.99.99", 1],
  ["20260101120000", "3", 1],
])("compares version %s with %s", (left, right, order) => expect(compareFlywayVersions(left, right)).toBe(order));

test.each([
  ["V1_2__add_orders.sql", { kind: "versioned", version: "1.2", description: "add orders" }],
  ["R__open_orders.sql", { kind: "repeatable", version: "", description: "open orders" }],
  ["V1_add_orders.sql", null],
  ["v1__orders.sql", null],
  ["orders.sql", null],
])("reads the name %s", (name, expected) => expect(parseFlywayName(name)).toEqual(expected));

const toml = `[flyway]
locations = ["filesystem:db/one", "filesystem:db/two"]
sqlMigrationPrefix = "M"
repeatableSqlMigrationPrefix = "VIEW"
sqlMigrationSeparator = "-"
sqlMigrationSuffixes = [".sql", ".ddl"]
placeholderPrefix = "<<"
placeholderSuffix = ">>"
[flyway.placeholders]
Shop = "sales"
`;

/** A repository is found at these places, and its history there has these files. */
async function checkRepository(
  files: Readonly<Record<string, string>>,
  expected: {
    readonly found: readonly string[];
    readonly steps: readonly string[];
    readonly problems?: readonly string[];
  },
) {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const found = (await Promise.all(listing.folders.map((folder) => flyway.detect(folder, listing)))).flat();
  const [path = ""] = found.map((one) => one.path);
  const { value, problems } = await flyway.read({ path, listing, variables: {}, engine: "postgres" });
  expect({
    found: found.map((one) => one.path),
    steps: value.map((file) => `${file.path}: ${file.text}`),
    problems: problems.map(({ code }) => code),
  }).toEqual({ problems: [], ...expected });
}

test("flyway.toml gives locations, prefixes, separators, suffixes and placeholders", () =>
  checkRepository(
    {
      "flyway.toml": toml,
      "db/one/M1-a.sql": "create schema <<shop>>;",
      "db/two/M2-b.ddl": "select '${kept}';",
      "db/two/VIEW-c.sql": "select 1;",
      "db/two/V3__default.sql": "select 'not a step';",
    },
    {
      found: ["db/one"],
      steps: [
        "db/one/M1-a.sql: create schema sales;",
        "db/two/M2-b.ddl: select '${kept}';",
        "db/two/VIEW-c.sql: select 1;",
      ],
    },
  ));

test("flyway.conf says the same in properties, and names a folder of resources", () =>
  checkRepository(
    {
      "app/conf/flyway.conf":
        "# ours\nflyway.locations=classpath:db/changes\nflyway.sqlMigrationPrefix = S\nflyway.placeholders.shop=sales\n",
      "app/src/main/resources/db/changes/deep/S1__a.sql": "create schema ${shop};",
    },
    {
      found: ["app/src/main/resources/db/changes", "app/src/main/resources/db/changes/deep"],
      steps: ["app/src/main/resources/db/changes/deep/S1__a.sql: create schema sales;"],
    },
  ));

test("placeholders stay where the configuration switches them off", () =>
  checkRepository(
    { "flyway.conf": "flyway.placeholderReplacement=false\n", "sql/V1__a.sql": "select '${kept}';" },
    { found: ["sql"], steps: ["sql/V1__a.sql: select '${kept}';"] },
  ));

test("a configuration that cannot be read costs itself", () =>
  checkRepository(
    { "flyway.toml": "[flyway\n", "sql/V1__a.sql": "select 1;" },
    { found: ["sql"], steps: ["sql/V1__a.sql: select 1;"], problems: ["QG131"] },
  ));
