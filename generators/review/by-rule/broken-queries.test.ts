import { expect, it } from "vitest";
import { readSavedQueryByRule } from "#generators/queries/saved-query-by-rule.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import { migration, reviewedByRule } from "#test/support/review-by-rule.ts";

const MYSQL =
  "CREATE TABLE customers (id BIGINT PRIMARY KEY, email VARCHAR(60)); CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT);";
const MSSQL =
  "CREATE TABLE dbo.Customers (Id bigint PRIMARY KEY, Email nvarchar(60)); CREATE TABLE dbo.Orders (Id bigint PRIMARY KEY, CustomerId bigint);";

async function check(dialect: "mysql" | "mssql", change: string, sql: string, expected: readonly string[]) {
  const history = dialect === "mysql" ? MYSQL : MSSQL;
  const { model } = await readerOf(dialect).readModel([migration("0001", history)], {});
  const { value } = readSavedQueryByRule(
    { path: "queries/mails.sql", text: `-- title: Mails\n${sql}` },
    model,
    dialect,
  );
  const settings = { rules: ["query-breaks"] };
  const { findings } = reviewedByRule({
    dialect,
    history,
    files: [migration("0002", change)],
    settings,
    queries: value ? [value] : [],
  });
  expect(findings.map(({ message, span, evidence }) => `${evidence} ${span.line}: ${message}`)).toEqual(expected);
}

it("names the statement that takes a column away, and the line of the query", async () => {
  await check(
    "mysql",
    "ALTER TABLE orders ADD COLUMN note TEXT;\nALTER TABLE customers CHANGE email mail VARCHAR(60);",
    "SELECT c.id,\n  c.email FROM customers c",
    ["rule 2: Breaks the saved query queries/mails.sql:3: unknown column c.email in c"],
  );
});

it("sees a name that a new column makes ambiguous", async () => {
  await check(
    "mssql",
    "ALTER TABLE dbo.Orders ADD Email nvarchar(60) NULL;",
    "SELECT Email FROM dbo.Customers c JOIN dbo.Orders o ON o.CustomerId = c.Id;",
    ["rule 1: Breaks the saved query queries/mails.sql:2: the column Email is ambiguous: several tables have it"],
  );
});

it("is silent about what still resolves and about what never did", async () => {
  await check("mssql", "ALTER TABLE dbo.Customers DROP COLUMN Email;", "SELECT Id FROM dbo.Customers", []);
  await check("mysql", "ALTER TABLE customers DROP COLUMN email;", "SELECT phone FROM customers", []);
});
