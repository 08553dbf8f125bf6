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
    "hints of indexes, XOR and LIKE with an escape",
    "select sql_no_cache id from orders force index (a, b) where id > 1 xor state like '5!%' escape '!'",
    `SELECT "Id" FROM "main"."Orders" AS "orders" WHERE (("Id" > 1) <> ("State" ILIKE '5!%' ESCAPE '!'))`,
  ],
  [
    "totals, frames and combinations that are counted",
    "select count(distinct id, state), sum(total) over (order by id rows between 1 preceding and current row) from orders group by state with rollup",
    'SELECT count(DISTINCT ("Id", "State")) FILTER (WHERE ("Id") IS NOT NULL AND ("State") IS NOT NULL), sum("Total") OVER (ORDER BY "Id" NULLS FIRST ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM "main"."Orders" AS "orders" GROUP BY ROLLUP ("State")',
  ],
  [
    "what is compared with every row of a subquery, and what is run for each row",
    "select x.n from customers c, lateral (select total n from orders where customerid = c.id) x where x.n >= all (select total from orders) order by null",
    'SELECT "x"."n" FROM "main"."Customers" AS "c", LATERAL (SELECT "Total" AS "n" FROM "main"."Orders" AS "orders" WHERE ("CustomerId" = "c"."Id")) AS "x" WHERE ("x"."n" >= ALL(SELECT "Total" AS "total" FROM "main"."Orders" AS "orders"))',
  ],
  [
    "the greatest of values of which one may be missing, and days between dates",
    "select greatest(id, total), datediff(placed, now()) from orders",
    'SELECT CASE WHEN ("Id") IS NOT NULL AND ("Total") IS NOT NULL THEN greatest("Id", "Total") END, (("Placed")::date - (localtimestamp)::date) FROM "main"."Orders" AS "orders"',
  ],
  [
    "refuses bits turned around, which give no sign here",
    "select ~id from orders",
    "REFUSED The query cannot be translated exactly: ~ gives a number without a sign, and is not translated.",
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
    "APPLY, an alias before its value, and hints of joins and queries",
    "SELECT N = x.Total FROM Customers c OUTER APPLY (SELECT TOP 1 Total FROM Orders WHERE CustomerId = c.Id) x INNER HASH JOIN Orders o ON o.Id = c.Id OPTION (MAXRECURSION 5, USE HINT ('A'))",
    'SELECT "x"."total" AS "N" FROM "dbo"."Customers" AS "c" LEFT JOIN LATERAL (SELECT "Total" AS "total" FROM "dbo"."Orders" AS "orders" WHERE ("CustomerId" = "c"."Id") LIMIT 1) AS "x" ON true JOIN "dbo"."Orders" AS "o" ON ("o"."Id" = "c"."Id")',
  ],
  [
    "classes of characters in LIKE, which has no escape of its own",
    "SELECT Id FROM Orders WHERE State LIKE '[A-C][^x]_.%' AND State LIKE 'a\\_%'",
    `SELECT "Id" FROM "dbo"."Orders" AS "orders" WHERE (("State" ~* E'^[A-C][^x].\\\\..*$') AND ("State" ILIKE E'a\\\\_%' ESCAPE ''))`,
  ],
  [
    "numbers added to what is worked out",
    "WITH t AS (SELECT 1 AS n UNION ALL SELECT t.n + 1 FROM t WHERE t.n < 3) SELECT n FROM t",
    'WITH RECURSIVE "t" AS (SELECT 1 AS "n" UNION ALL SELECT ("t"."n" + 1) FROM "t" AS "t" WHERE ("t"."n" < 3)) SELECT "n" FROM "t" AS "t"',
  ],
  [
    "refuses a text and a number with + between them",
    "SELECT State + Id FROM Orders",
    "REFUSED The query cannot be translated exactly: a text and a number with + between them are not translated.",
  ],
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
