import { expect, test } from "vitest";
import { dump } from "./dump.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { script } from "./script.ts";
import type { Framework } from "./framework.ts";

const table = "CREATE TABLE orders (id bigserial PRIMARY KEY);\n";
const header = "--\n-- PostgreSQL database dump\n--\n\n";

async function checkFound(
  framework: Framework,
  files: Readonly<Record<string, string>>,
  expected: readonly string[],
): Promise<void> {
  const tree = Object.fromEntries(Object.entries(files).map(([name, text]) => [`db/${name}`, text]));
  const found = await framework.detect("db", await listFiles(memoryWorkspace(tree), { fileMegabytes: 1 }));
  expect(found.map((one) => `${one.path} ${one.engine} ${one.score}`)).toEqual(expected);
}

test("is sure of a file with the header of pg_dump, whatever its name", () =>
  checkFound(dump, { "shop.sql": header + table }, ["db/shop.sql postgres 70"]));

test("takes a file by its name", () =>
  checkFound(dump, { "structure.sql": table, "shop-schema.sql": table, "LATEST.sql": table, "seed.sql": table }, [
    "db/LATEST.sql postgres 30",
    "db/shop-schema.sql postgres 30",
    "db/structure.sql postgres 30",
  ]));

test("takes no file with the name of a dump that creates no table", () =>
  checkFound(dump, { "schema.sql": "SELECT 'create table';\n" }, []));

test("finds the tables behind pages of other statements", () =>
  checkFound(dump, { "structure.sql": "DROP TABLE IF EXISTS orders;\n".repeat(4000) + table }, [
    "db/structure.sql null 30",
  ]));

test("takes a step of a history for no dump", () => checkFound(dump, { "0001_schema.sql": header + table }, []));

test("tells the engine of a script by its name, then by its text", () =>
  checkFound(
    script,
    { "shop_mysql.sql": table, "shop_postgres.sql": table, "Shop.sql": "CREATE TABLE [dbo].[orders] (id int)\nGO\n" },
    ["db/Shop.sql mssql 20", "db/shop_mysql.sql mysql 20", "db/shop_postgres.sql postgres 20"],
  ));

test("takes none of two scripts for one engine", () => checkFound(script, { "a.sql": table, "b.sql": table }, []));

test("reads a dump as a whole in autocommit and fills what psql would", async () => {
  const text = "\\set app shop_app\nCREATE ROLE :\"app\";\nSELECT ':app', a::text, :'app', $$:app$$, :other;\n";
  const listing = await listFiles(memoryWorkspace({ "db/schema.sql": text }), { fileMegabytes: 1 });
  const { value, problems } = await dump.read({ path: "db/schema.sql", listing, variables: {}, engine: "postgres" });
  expect(value).toMatchObject([
    {
      transaction: "none",
      text: "\\set app shop_app\nCREATE ROLE \"shop_app\";\nSELECT ':app', a::text, 'shop_app', $$:app$$, :other;\n",
    },
  ]);
  expect(problems).toMatchObject([{ code: "QG208", origin: { file: "db/schema.sql", line: 3, column: 43 } }]);
});
