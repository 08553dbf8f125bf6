import type { DataType, Table } from "../../model.ts";
import type { RowWriter } from "../row-writer.ts";
import { quoteName } from "./facts.ts";

const tableOf = ({ schema, name }: Pick<Table, "schema" | "name">): string => `${quoteName(schema)}.${quoteName(name)}`;

export const mssqlRows: RowWriter = {
  quote: quoteName,
  table: tableOf,
  literal,
  // https://learn.microsoft.com/sql/t-sql/queries/table-value-constructor-transact-sql: a constructor holds 1000 rows.
  rowsPerInsert: 1000,
  begin: ["SET XACT_ABORT ON;", "SET NOCOUNT ON;", "BEGIN TRANSACTION;"],
  commit: ["COMMIT TRANSACTION;"],
  aroundCounted: (table) => ({
    before: [`SET IDENTITY_INSERT ${tableOf(table)} ON;`],
    after: [`SET IDENTITY_INSERT ${tableOf(table)} OFF;`],
  }),
  aroundCycle: (tables) => ({
    before: tables.map((table) => `ALTER TABLE ${tableOf(table)} NOCHECK CONSTRAINT ALL;`),
    // WITH CHECK, so that the rows are checked and the constraints trusted again.
    after: tables.map((table) => `ALTER TABLE ${tableOf(table)} WITH CHECK CHECK CONSTRAINT ALL;`),
  }),
};

const ZONED = /^datetimeoffset/;

function literal(text: string | null, { family, raw }: DataType): string {
  if (text === null) return "NULL";
  switch (family) {
    case "integer":
    case "decimal":
    case "float":
    case "money":
      return /^-?\d+(?:\.\d+)?$/.test(text) ? text : quoteText(text);
    case "boolean":
      return text === "true" || text === "t" || text === "1" ? "1" : "0";
    case "binary":
      return text.startsWith("\\x") ? `0x${text.slice(2)}` : quoteText(text);
    case "timestamp": {
      const plain = text.replace(/(?:[+-]\d{2}(?::?\d{2})?|Z)$/, (zone, at: number) => (at > 10 ? "" : zone));
      // The form with T means the same whatever the session's date format is.
      const iso = plain.replace(" ", "T");
      return ZONED.test(raw) ? quoteText(`${iso}+00:00`) : quoteText(iso);
    }
    default:
      return quoteText(text);
  }
}

const quoteText = (text: string): string => `N'${text.replaceAll("'", "''")}'`;
