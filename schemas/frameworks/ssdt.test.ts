import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { ssdt } from "./ssdt.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(ssdt, { files }, expected);

test("makes what is referred to before what refers to it", () =>
  check(
    {
      "functions/open.sql": "CREATE FUNCTION is_open(s status) RETURNS bool LANGUAGE sql AS 'SELECT true';",
      "tables/lines.sql": "CREATE TABLE lines (order_id bigint REFERENCES orders);",
      "tables/orders.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, state status CHECK (is_open(state)));",
      "types/status.sql": "CREATE TYPE status AS ENUM ('open');",
      "views/a.sql": "CREATE VIEW a AS SELECT * FROM b;",
      "views/b.sql": "CREATE VIEW b AS SELECT * FROM lines;",
    },
    {
      steps: [
        "types/status.sql none",
        "functions/open.sql none",
        "tables/orders.sql none",
        "tables/lines.sql none",
        "views/b.sql none",
        "views/a.sql none",
      ],
    },
  ));

test("cuts a file whose statements belong in several places, and keeps their places", () =>
  check(
    {
      "tables/a.sql":
        "-- a\nCREATE TABLE a (id int PRIMARY KEY, b_id int);\n  ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;",
      "tables/b.sql": "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);",
    },
    {
      steps: ["tables/a.sql none", "tables/b.sql none", "tables/a.sql none"],
      texts: [
        "\nCREATE TABLE a (id int PRIMARY KEY, b_id int);",
        "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);",
        "\n\n  ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;",
      ],
    },
  ));

test("tells objects of two schemas apart", () =>
  check(
    {
      "tables/a.sql": "CREATE TABLE sales.a (id int REFERENCES stock.z);",
      "tables/z.sql": "CREATE TABLE stock.z (id int PRIMARY KEY);",
      "schemas.sql": "CREATE SCHEMA sales; CREATE SCHEMA stock;",
    },
    { steps: ["schemas.sql none", "tables/z.sql none", "tables/a.sql none"] },
  ));

test("keeps a file whole that sets something for the statements after it", () =>
  check(
    {
      "tables/a.sql": "SET search_path = sales;\nCREATE TABLE a ();\nGRANT SELECT ON a TO b;",
      "views/v.sql": "CREATE VIEW v AS SELECT 1;",
    },
    { steps: ["tables/a.sql none", "views/v.sql none"] },
  ));

test("goes by the folders for another engine's language", () =>
  check(
    {
      "dbo/Stored Procedures/Read.sql": "CREATE PROCEDURE [dbo].[Read] AS SELECT 1\nGO",
      "dbo/Views/V.sql": "CREATE VIEW [dbo].[V] AS SELECT * FROM [dbo].[T]\nGO",
      "dbo/Tables/T.sql": "CREATE TABLE [dbo].[T] ([Id] INT)\nGO",
    },
    { steps: ["dbo/Tables/T.sql none", "dbo/Views/V.sql none", "dbo/Stored Procedures/Read.sql none"] },
  ));

test("ends in a circle", () =>
  check(
    { "tables/a.sql": "CREATE TABLE a (b int REFERENCES b);", "tables/b.sql": "CREATE TABLE b (a int REFERENCES a);" },
    { steps: ["tables/b.sql none", "tables/a.sql none"] },
  ));

test("leaves out what runs before and after a deployment and says so", () =>
  check(
    { "tables/a.sql": "CREATE TABLE a ();", "Scripts/Script.PostDeployment.sql": "INSERT INTO a DEFAULT VALUES;" },
    { steps: ["tables/a.sql none"], problems: ["QG210 Scripts/Script.PostDeployment.sql:1"] },
  ));

test("is sure of a project file, and finds the project and not its folders", async () => {
  const files = {
    "sql/Shop.sqlproj": "",
    "sql/dbo/Tables/T.sql": "CREATE TABLE [dbo].[T] ()",
    "sql/dbo/Views/V.sql": "",
  };
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  expect(await ssdt.detect("sql", listing)).toMatchObject([{ path: "sql", score: 100, engine: "mssql", files: 2 }]);
  expect(await ssdt.detect("sql/dbo", listing)).toEqual([]);
});

async function detected(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  const found = await Promise.all(listing.folders.map((folder) => ssdt.detect(folder, listing)));
  return found.flat().map(({ path, engine, why }) => `${path} ${engine}: ${why}`);
}

test("finds a folder whose files are named after the tables they make", async () =>
  expect(
    await detected({
      "pkg/schema/apis.sql": "CREATE TABLE `apis` (id int AUTO_INCREMENT);\nCREATE INDEX i ON `apis` (id);",
      "pkg/schema/keys.sql": "CREATE TABLE IF NOT EXISTS `shop`.`keys` (id int);",
      "pkg/schema/roles.sql": "-- roles\nCREATE TABLE `roles` (id int);",
    }),
  ).toEqual(["pkg/schema mysql: files named after the table each makes"]));

test("does not take a folder of queries, of steps or of other names for one", async () => {
  const table = "CREATE TABLE orders (id int);";
  expect(await detected({ "q/a.sql": "SELECT 1;", "q/b.sql": "SELECT 2;", "q/c.sql": "SELECT 3;" })).toEqual([]);
  expect(await detected({ "m/1_a.sql": table, "m/2_b.sql": table, "m/3_c.sql": table })).toEqual([]);
  expect(await detected({ "t/a.sql": table, "t/b.sql": table, "t/orders.sql": table })).toEqual([]);
});
