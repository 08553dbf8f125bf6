import { expect, test } from "vitest";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import type { Dialect } from "#schemas/model.ts";
import { inDialect } from "./in-dialect.ts";

function check(sql: string, dialect: Dialect, expected: string): void {
  const written = inDialect(sql, dialect);
  // What we write the dialect's own grammar reads; PostgreSQL has no grammar here.
  const isRead = dialect === "postgres" || parseQuery(written, dialect).ok;
  expect({ written, isRead }).toEqual({ written: expected, isRead: true });
}

test.each([
  [
    "postgres",
    'SELECT "Id"\nFROM t\nORDER BY a DESC NULLS LAST\nLIMIT 5',
    'SELECT "Id"\nFROM t\nORDER BY a DESC NULLS LAST\nLIMIT 5',
  ],
  [
    "mysql",
    'SELECT "Id"\nFROM t\nORDER BY a DESC NULLS LAST\nLIMIT 5',
    "SELECT `Id`\nFROM t\nORDER BY a DESC\nLIMIT 5",
  ],
  ["mssql", 'SELECT "Id"\nFROM t\nORDER BY a DESC NULLS LAST\nLIMIT 5', "SELECT TOP (5) [Id]\nFROM t\nORDER BY a DESC"],
  [
    "mssql",
    "SELECT a\nFROM t\nORDER BY a DESC NULLS LAST\nLIMIT 1 OFFSET 1",
    "SELECT a\nFROM t\nORDER BY a DESC OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
  ],
  ["mysql", "SELECT a\nFROM t\nORDER BY a\nLIMIT 1 OFFSET 1", "SELECT a\nFROM t\nORDER BY a\nLIMIT 1 OFFSET 1"],
  ["mssql", "SELECT DISTINCT a\nFROM t\nLIMIT 5", "SELECT DISTINCT TOP (5) a\nFROM t"],
  [
    "mssql",
    "SELECT count(*)\nFROM (\n  SELECT a\n  FROM t\n  WHERE b = (SELECT max(b) FROM t)\n  LIMIT 3\n) AS counted",
    "SELECT count(*)\nFROM (\n  SELECT TOP (3) a\n  FROM t\n  WHERE b = (SELECT max(b) FROM t)\n) AS counted",
  ],
  [
    "mysql",
    `SELECT "a""b", "c\`d" FROM t WHERE e = 'say "NULLS LAST" LIMIT 1'`,
    `SELECT \`a"b\`, \`c\`\`d\` FROM t WHERE e = 'say "NULLS LAST" LIMIT 1'`,
  ],
] as const)("%s: %s", (dialect, sql, expected) => check(sql, dialect, expected));
