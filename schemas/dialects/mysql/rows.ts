import type { DataType } from "../../model.ts";
import type { RowWriter } from "../row-writer.ts";

const quote = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/** MySQL and MariaDB. A table whose script names no database stands in the one that is connected. */
export const mysqlRows: RowWriter = {
  quote,
  table: ({ schema, name }) => (schema === "main" ? quote(name) : `${quote(schema)}.${quote(name)}`),
  literal,
  rowsPerInsert: 1000,
  // Without NO_AUTO_VALUE_ON_ZERO a key of 0 becomes the next number; without TIME_ZONE times shift with the server's.
  begin: [
    "SET NAMES utf8mb4;",
    "SET @old_sql_mode = @@SESSION.sql_mode, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO';",
    "SET @old_time_zone = @@SESSION.time_zone, SESSION time_zone = '+00:00';",
    "START TRANSACTION;",
  ],
  commit: ["COMMIT;", "SET SESSION sql_mode = @old_sql_mode, SESSION time_zone = @old_time_zone;"],
  // AUTO_INCREMENT follows the largest key by itself.
  aroundCounted: () => ({ before: [], after: [] }),
  aroundCycle: () => ({
    before: ["SET SESSION foreign_key_checks = 0;"],
    after: ["SET SESSION foreign_key_checks = 1;"],
  }),
};

/** A truth in a column of numbers. */
const TRUTHS: Readonly<Record<string, string>> = { true: "1", t: "1", false: "0", f: "0" };
const ZONE = /(?:[+-]\d{2}(?::?\d{2})?|Z)$/;

function literal(text: string | null, { family, raw }: DataType): string {
  if (text === null) return "NULL";
  switch (family) {
    case "integer":
    case "decimal":
    case "float":
    case "money":
      if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
      return TRUTHS[text] ?? quoteText(text);
    case "boolean":
      return text === "true" || text === "t" || text === "1" ? "1" : "0";
    case "binary":
      return text.startsWith("\\x") ? `x'${text.slice(2)}'` : quoteText(text);
    case "bits":
      return `b'${text}'`;
    case "timestamp":
      return quoteText(text.replace(ZONE, (zone, at: number) => (at > 10 ? "" : zone)));
    case "geometry":
      return `ST_GeomFromText(${quoteText(text)})`;
    default:
      return quoteText(/^binary|^varbinary/.test(raw) ? text.slice(0, 255) : text);
  }
}

/** A backslash escapes in MySQL's literals unless the server says otherwise. */
const quoteText = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
