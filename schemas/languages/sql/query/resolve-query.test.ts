import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMssqlModel } from "../../../dialects/mssql/read-mssql-model.ts";
import { readMysqlModel } from "../../../dialects/mysql/read-mysql-model.ts";
import type { SchemaModel } from "../../../model.ts";
import { madeQuery, numbers } from "#test/support/made-queries.ts";
import { QUERY_TABLES, WRITTEN_QUERIES } from "#test/support/query-cases.ts";
import { resolveQuery } from "./resolve-query.ts";

const file = { path: "shop.sql", version: "1", transaction: "none" as const };
const mysql = readMysqlModel([{ ...file, text: QUERY_TABLES }], { engine: "mysql", version: "8.4" }).model;
const mssql = readMssqlModel([
  {
    ...file,
    text: `CREATE TABLE dbo.Customers (Id bigint NOT NULL PRIMARY KEY, Email nvarchar(200) NOT NULL, Region int);
CREATE TABLE dbo.Orders (Id bigint NOT NULL PRIMARY KEY, CustomerId bigint NOT NULL, Status nvarchar(20) NULL,
  Total decimal(10, 2) NOT NULL, Doc xml, PlacedAt datetime2(0) NOT NULL);
CREATE TABLE sales.Lines (OrderId bigint NOT NULL, Quantity int NOT NULL);
GO
CREATE FUNCTION dbo.Tax (@Total decimal(10, 2)) RETURNS decimal(10, 2) AS BEGIN RETURN @Total; END;
GO
CREATE FUNCTION dbo.LinesOf (@Id bigint) RETURNS TABLE AS RETURN SELECT OrderId FROM sales.Lines WHERE OrderId = @Id;
GO
CREATE VIEW dbo.OpenOrders AS SELECT Id, Total FROM dbo.Orders;`,
  },
]).model;

function check(model: SchemaModel, sql: string, problems: readonly string[]): void {
  expect(
    resolveQuery(sql, model).problems.map(({ message, help }) => (help ? `${message} (${help})` : message)),
  ).toEqual(problems);
}

describe("queries of SQL Server", () => {
  it.each([
    "SELECT o.Id, c.EMAIL FROM orders o INNER JOIN dbo.CUSTOMERS AS c ON c.id = O.CustomerId WHERE o.Total > 1 ORDER BY c.Email",
    "SELECT TOP (5) * FROM dbo.Orders WITH (NOLOCK) ORDER BY PlacedAt DESC OPTION (RECOMPILE)",
    "SELECT o.Id, l.Quantity FROM Orders o CROSS APPLY (SELECT TOP 1 * FROM sales.Lines x WHERE x.OrderId = o.Id) l",
    "SELECT o.Id, x.n FROM Orders o OUTER APPLY (SELECT COUNT(*) FROM sales.Lines l WHERE l.OrderId = o.Id) AS x(n)",
    "WITH t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t",
    "SELECT dbo.Tax(Total), ISNULL(Status, N'?'), IIF(Total > 1, 1, 0), DATEDIFF(day, PlacedAt, SYSUTCDATETIME()) FROM Orders",
    "SELECT o.Doc.value('(/a)[1]', 'int') AS v FROM Orders o",
    "SELECT t.c.value('.', 'int') FROM dbo.Orders CROSS APPLY Doc.nodes('/a') AS t(c)",
    "SELECT Customer = c.Email, 'x' AS [y] FROM Customers c ORDER BY Customer",
    "SELECT * FROM Orders o CROSS APPLY dbo.LinesOf(o.Id) l",
    "SELECT j.id FROM OPENJSON(@json) WITH (id int '$.id') AS j",
    "SELECT Status, SUM(Total) AS s FROM Orders GROUP BY Status HAVING SUM(Total) > 5 ORDER BY s",
    "SELECT STRING_AGG(Status, ',') WITHIN GROUP (ORDER BY PlacedAt) FROM Orders",
    "UPDATE o SET o.Status = c.Email FROM Orders o JOIN Customers c ON c.Id = o.CustomerId WHERE c.Region = 1",
    "UPDATE dbo.Orders SET Status = N'x' OUTPUT inserted.Id, deleted.Status WHERE Id = 1",
    "DELETE o FROM dbo.Orders AS o WHERE o.Total < 1",
    "INSERT INTO dbo.Customers (Id, Email) SELECT Id, Status FROM dbo.Orders",
    "MERGE dbo.Customers AS t USING (SELECT Id, Status FROM dbo.Orders) AS s ON s.Id = t.Id WHEN MATCHED THEN UPDATE SET Email = s.Status WHEN NOT MATCHED THEN INSERT (Id, Email) VALUES (s.Id, s.Status) OUTPUT $action, inserted.Id;",
    "SELECT name FROM sys.tables",
    "SELECT * FROM #Temp t WHERE t.anything = 1",
    "SELECT Id FROM Orders WHERE EXISTS (SELECT 1 FROM sales.Lines WHERE OrderId = Orders.Id)",
  ])("are taken: %s", (sql) => {
    check(mssql, sql, []);
  });

  it.each<[string, string]>([
    ["SELECT o.Amount FROM Orders o", "unknown column o.Amount in o"],
    ["SELECT CustomerID2 FROM Orders", "unknown column CustomerID2 in Orders (Did you mean CustomerId?)"],
    ["SELECT Id FROM Order_", "unknown table Order_ (Did you mean Orders?)"],
    ["SELECT Id FROM Lines", "unknown table Lines"],
    [
      "SELECT Id FROM Orders o JOIN Customers c ON c.Id = o.CustomerId",
      "the column Id is ambiguous: several tables have it",
    ],
    ["SELECT c.Id FROM Orders o", "unknown column c.Id: nothing here goes by the name c"],
    ["SELECT Total AS t FROM Orders WHERE t > 1", "unknown column t in Orders"],
    ["SELECT Total AS t FROM Orders ORDER BY t + 1", "unknown column t in Orders"],
    ["SELECT Status AS s, COUNT(*) FROM Orders GROUP BY s", "unknown column s in Orders"],
    ["SELECT d.x FROM (SELECT COUNT(*) FROM Orders) d", "column 1 of d has no name"],
    ["SELECT x FROM (SELECT Id AS x, Total AS x FROM Orders) d", "the column x is in d twice"],
    ["SELECT dbo.Taxes(Total) FROM Orders", "unknown function dbo.Taxes"],
    ["SELECT Isnul(Total, 1) FROM Orders", "unknown function Isnul (Did you mean ISNULL?)"],
    [
      "SELECT o.Id FROM Orders o JOIN (SELECT o.Id FROM sales.Lines) x ON 1 = 1",
      "unknown column o.Id: nothing here goes by the name o",
    ],
    ["UPDATE dbo.Orders SET State = 1", "unknown column State in Orders (Did you mean Status?)"],
    ["SELECT Id FROM Orders UNION SELECT Id, Email FROM Customers", "the branches of UNION give 1 and 2 columns"],
    [
      "SELECT Id FROM Orders WHERE Id IN (SELECT Id, Total FROM Orders)",
      "a subquery that is compared gives one column, not 2",
    ],
    ["SELECT * FROM Orders, Orders", "two tables in FROM go by the name Orders"],
  ])("are refused: %s", (sql, message) => {
    expect(
      resolveQuery(sql, mssql).problems.map(({ message: said, help }) => (help ? `${said} (${help})` : said)),
    ).toContain(message);
  });
});

describe("what a query is", () => {
  it("gives the columns of its result with their types", () => {
    const sql =
      "SELECT o.*, c.email AS mail, COUNT(*) AS n, total * 2 FROM orders o JOIN customers c ON c.id = o.customer_id";
    expect(resolveQuery(sql, mysql).columns.map(({ name, type, column }) => [name, type?.raw, column])).toEqual([
      ["id", "bigint", "main.orders.id"],
      ["customer_id", "bigint", "main.orders.customer_id"],
      ["status", "varchar(20)", "main.orders.status"],
      ["placed_at", "datetime", "main.orders.placed_at"],
      ["total", "decimal(12,2)", "main.orders.total"],
      ["mail", "varchar(190)", "main.customers.email"],
      ["n", "bigint", undefined],
      ["total * 2", undefined, undefined],
    ]);
  });

  it("says where each column of the model is mentioned, through aliases and subqueries", () => {
    const sql = "SELECT d.x FROM (SELECT total AS x FROM orders) d WHERE d.x > 1";
    const { references, tables } = resolveQuery(sql, mysql);
    expect(tables).toEqual(["main.orders"]);
    expect(references.map(({ span, column }) => [sql.slice(span.start, span.end), column])).toEqual([
      ["total", "main.orders.total"],
      ["d.x", "main.orders.total"],
      ["d.x", "main.orders.total"],
    ]);
  });

  it.each<[SchemaModel, string, readonly string[]]>([
    [mysql, "SELECT id FROM orders", []],
    [mysql, "SELECT id FROM orders FOR UPDATE", ["it locks rows"]],
    [mysql, "SELECT SLEEP(10)", ["it calls SLEEP"]],
    [mysql, "SELECT id INTO OUTFILE '/tmp/x' FROM orders", ["it writes a file or a variable"]],
    [mysql, "SELECT id FROM orders WHERE (SELECT @x := 1)", ["it sets a variable"]],
    [mysql, "DELETE FROM orders", ["it changes rows (DELETE)"]],
    [mssql, "SELECT Id FROM Orders", []],
    [mssql, "SELECT Id INTO dbo.Copy FROM Orders", ["it makes a table"]],
    [mssql, "SELECT * FROM OPENROWSET(BULK 'x', SINGLE_BLOB) AS f", ["it cannot be read"]],
    [mssql, "SELECT p.Id FROM Other.dbo.People p", ["it reads the database Other"]],
  ])("says what keeps it from being read only: %#", (model, sql, reasons) => {
    const { readOnly } = resolveQuery(sql, model);
    expect(readOnly).toEqual({ isReadOnly: reasons.length === 0, reasons });
  });

  it("knows that a derived table of MySQL 8 sees the query around, and one of MariaDB does not", () => {
    const sql = "SELECT (SELECT MAX(d.t) FROM (SELECT orders.total AS t FROM order_lines) d) FROM orders";
    check(mysql, sql, []);
    const mariadb = readMysqlModel([{ ...file, text: QUERY_TABLES }], { engine: "mariadb", version: "10.11" }).model;
    expect(resolveQuery(sql, mariadb).problems).toHaveLength(1);
  });
});

describe("any text", () => {
  it("never makes it throw", () => {
    const pieces = fc.constantFrom(
      ...WRITTEN_QUERIES.flatMap((sql) => sql.split(/(?<=[ (,.])/)),
      "(",
      ")",
      "SELECT ",
      "FROM ",
      ",",
      ".",
      "*",
      "'",
      "`",
      "[",
      "]",
      "@x ",
      "WITH ",
      "CASE ",
      "END ",
      "OVER (",
      "é",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        for (const model of [mysql, mssql]) expect(() => resolveQuery(parts.join(""), model)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it("ends on deep nesting", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["(SELECT ", ")"],
      ["NOT ", ""],
      ["CASE WHEN ", " THEN 1 END"],
      ["- ", ""],
    ]) {
      const sql = `SELECT ${(open ?? "").repeat(20_000)}1${(close ?? "").repeat(20_000)}`;
      expect(resolveQuery(sql, mysql).problems.length).toBeGreaterThan(0);
    }
  });

  it("accepts no name that the model does not have", () => {
    const next = numbers(3);
    const wrong = Array.from({ length: 300 }, () => madeQuery(next)).flatMap((sql) => {
      const changed = sql.replace(/\bt0\.(\w+)/, "t0.no_such_column");
      return changed === sql ? [] : [changed];
    });
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter((sql) => resolveQuery(sql, mysql).problems.length === 0)).toEqual([]);
  });
});
