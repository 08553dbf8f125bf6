import { expect, test } from "vitest";
import type { Dialect } from "../../model.ts";
import { readerOf } from "../readers.ts";
import { queryTranslator } from "./translate-query.ts";

const shop = `create table Orders (Id int primary key, CustomerId int, State varchar(10), Total decimal(10,2), Placed datetime);
create table Customers (Id int primary key, Email varchar(90));`;

async function check(dialect: Dialect, sql: string, expected: string): Promise<void> {
  const { model } = await readerOf(dialect).readModel(
    [{ path: "a.sql", text: shop, version: "1", transaction: "none" }],
    {},
  );
  const translated = queryTranslator(model)(sql);
  expect(translated.kind === "sql" ? translated.sql : `REFUSED ${translated.problem.message}`).toBe(expected);
}

test.each<readonly [string, string, string]>([
  [
    "names in any case, limits with an offset first",
    "select o.ID as N from `orders` o limit 5, 10",
    'SELECT "o"."Id" AS "N" FROM "main"."Orders" AS "o" LIMIT 10 OFFSET 5',
  ],
  [
    "a number as a condition",
    "select 1 from orders where total",
    'SELECT 1 FROM "main"."Orders" AS "orders" WHERE (("Total") <> 0)',
  ],
  [
    "texts without regard to case",
    "select id from orders where state like 'a%'",
    `SELECT "Id" FROM "main"."Orders" AS "orders" WHERE ("State" ILIKE 'a%')`,
  ],
  [
    "NULL where the dialect puts it",
    "select id from orders order by total desc",
    'SELECT "Id" FROM "main"."Orders" AS "orders" ORDER BY "Total" DESC NULLS LAST',
  ],
  [
    "a name of the select list in HAVING",
    "select state, count(*) n from orders group by state having n > 1",
    'SELECT "State", count(*) AS "n" FROM "main"."Orders" AS "orders" GROUP BY "State" HAVING (count(*) > 1)',
  ],
  ["division that is not whole", "select 7 / 2", "SELECT ((7)::numeric / nullif(2, 0))"],
  [
    "IFNULL, CONCAT and dates",
    "select ifnull(state, 'x'), concat(id, '!'), date_sub(placed, interval 1 day) from orders",
    `SELECT coalesce("State", 'x'), (("Id")::text || ('!')::text), (("Placed")::timestamp - (1) * interval '1 day') FROM "main"."Orders" AS "orders"`,
  ],
  [
    "refuses what is not exact",
    "select json_extract(state, '$.a') from orders",
    "REFUSED The query cannot be translated exactly: the function JSON_EXTRACT is not translated.",
  ],
  [
    "refuses a table that is not there",
    "select 1 from nothing",
    "REFUSED The query cannot be translated exactly: there is no table or view nothing.",
  ],
  [
    "refuses two statements",
    "select 1; drop table orders",
    'REFUSED The query cannot be translated exactly: "drop" is not translated.',
  ],
  [
    "refuses what is no query",
    "delete from orders",
    'REFUSED The query cannot be translated exactly: "delete" is not translated.',
  ],
])("MySQL: %s", (_, sql, expected) => check("mysql", sql, expected));

test.each<readonly [string, string, string]>([
  [
    "TOP and brackets",
    "SELECT TOP (3) [Id] FROM dbo.Orders WITH (NOLOCK) ORDER BY Id",
    'SELECT "Id" FROM "dbo"."Orders" AS "orders" ORDER BY "Id" NULLS FIRST LIMIT 3',
  ],
  [
    "texts joined by +",
    "SELECT Email + N'!' FROM Customers",
    `SELECT ("Email" || '!') FROM "dbo"."Customers" AS "customers"`,
  ],
  ["numbers added by +", "SELECT Total + 1 FROM Orders", 'SELECT ("Total" + 1) FROM "dbo"."Orders" AS "orders"'],
  [
    "OFFSET and FETCH",
    "SELECT Id FROM Orders ORDER BY Id OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY",
    'SELECT "Id" FROM "dbo"."Orders" AS "orders" ORDER BY "Id" NULLS FIRST LIMIT 1 OFFSET 2',
  ],
  [
    "refuses + where its sides cannot be told",
    "SELECT x.a + x.b FROM (SELECT Id a, Id b FROM Orders) x",
    "REFUSED The query cannot be translated exactly: whether + adds numbers or joins texts cannot be told.",
  ],
  [
    "refuses variables",
    "SELECT Id FROM Orders WHERE Id = @id",
    "REFUSED The query cannot be translated exactly: the variable @id has no value here.",
  ],
  [
    "refuses FOR JSON",
    "SELECT Id FROM Orders FOR JSON AUTO",
    'REFUSED The query cannot be translated exactly: "FOR" is not translated.',
  ],
])("SQL Server: %s", (_, sql, expected) => check("mssql", sql, expected));

test("does not break on nesting without end", () =>
  check(
    "mysql",
    `select ${"(".repeat(5000)}1`,
    "REFUSED The query cannot be translated exactly: it is nested too deeply.",
  ));
