import { expect, test } from "vitest";
import type { SchemaModel } from "../../model.ts";
import { readMssqlModel } from "../mssql/read-mssql-model.ts";
import { readMysqlModel } from "../mysql/read-mysql-model.ts";
import { translateRows } from "./translate-rows.ts";

const file = (text: string) => ({ path: "shop.sql", version: "1", transaction: "none", text }) as const;
const mysql = readMysqlModel(
  [
    file(
      "create table orders (id int primary key, Note text, flags bit(4), img varbinary(9), `a``b` int, place point);",
    ),
  ],
  { engine: "mysql", version: "8.4" },
).model;
const mssql = readMssqlModel([
  file("create table sales.Orders (Id int, Note nvarchar(99), [a]]b] varbinary(9));"),
]).model;

function check(
  model: SchemaModel,
  script: string,
  expected: readonly string[],
  problems: readonly string[] = [],
): void {
  const { sql, problems: found } = translateRows(script, model);
  const lines = expected.map((line) => `${line};\n`).join("");
  const start = "BEGIN;\nSET LOCAL session_replication_role = replica;\n";
  expect(sql).toBe(expected.length === 0 ? "" : `${start}${lines}COMMIT;\n`);
  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual(
    problems.map((why) => `QG401 a statement of the fixtures was left out of the translated database: ${why}`),
  );
}

test("MySQL's rows become PostgreSQL's, whatever their quotes, escapes and bytes", () =>
  check(
    mysql,
    `-- Seed "x", 2 rows; a table.
SET NAMES utf8mb4;
START TRANSACTION;
INSERT INTO \`orders\` (\`id\`, \`note\`, \`flags\`, \`img\`, \`a\`\`b\`, \`place\`) VALUES
  (-1, 'it''s; a \\\\ \\'text\\'', b'0101', x'00ff', 1.5, ST_GeomFromText('POINT(1 2)')),
  (2, NULL, NULL, NULL, NULL, NULL);
UPDATE \`orders\` SET \`a\`\`b\` = 2, \`note\` = 'x' WHERE \`id\` = 2;
COMMIT;
`,
    [
      `INSERT INTO "main"."orders" ("id", "Note", "flags", "img", "a\`b", "place") OVERRIDING SYSTEM VALUE VALUES
  ('-1', 'it''s; a \\ ''text''', '0101', '\\x00ff', '1.5', 'POINT(1 2)'),
  ('2', NULL, NULL, NULL, NULL, NULL)`,
      `UPDATE "main"."orders" SET "a\`b" = '2', "Note" = 'x' WHERE "id" = '2'`,
    ],
  ));

test("SQL Server's rows too, in tables of any schema", () =>
  check(
    mssql,
    `SET XACT_ABORT ON;
SET IDENTITY_INSERT [sales].[Orders] ON;
INSERT INTO [sales].[Orders] ([Id], [Note], [a]]b]) VALUES (1, N'O''Hara \\n', 0xBEEF);
ALTER TABLE [sales].[Orders] WITH CHECK CHECK CONSTRAINT ALL;
COMMIT TRANSACTION;
`,
    [
      `INSERT INTO "sales"."Orders" ("Id", "Note", "a]b") OVERRIDING SYSTEM VALUE VALUES
  ('1', 'O''Hara \\n', '\\xBEEF')`,
    ],
  ));

test("a statement that is more than rows costs itself, with why", () =>
  check(
    mysql,
    `INSERT INTO gone (id) VALUES (1);
INSERT INTO orders (total) VALUES (1);
INSERT INTO orders (id) VALUES (now());
INSERT INTO orders (id) SELECT 1;
INSERT INTO orders (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 2;
UPDATE orders SET id = id + 1 WHERE id = 1;
INSERT INTO orders (id) VALUES (1`,
    [],
    [
      "there is no table gone",
      "orders has no column total",
      "now is no value that fixtures have",
      "SELECT stands where VALUES is wanted",
      "ON stands where it should end",
      "id is no value that fixtures have",
      "its end stands where ) is wanted",
    ],
  ));

test("no fixtures are no rows", () => check(mysql, "", []));
