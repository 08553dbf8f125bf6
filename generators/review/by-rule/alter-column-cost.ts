import { dataType } from "#schemas/dialects/mssql/types.ts";
import type { ColumnElement } from "#schemas/languages/sql/mssql/statement.ts";
import type { Table } from "#schemas/model.ts";

/**
 * Why ALTER COLUMN reads or writes every row; null when it changes the catalog only. A longer varchar, nvarchar or
 * varbinary of the same collation, and NULL in place of NOT NULL, do. An unknown column is presumed to change.
 */
export function whyThroughRows(element: ColumnElement, table: Table | undefined): string | null {
  const old = table?.columns.find(({ name }) => name.toLowerCase() === element.name.toLowerCase());
  if (!element.type) return null;
  const type = dataType(element.type.name.name, element.type.arguments);
  if (!old) return `its type becomes ${type.raw}`;
  const isGrown =
    type.raw === old.type.raw ||
    (VARIABLE.some((name) => type.raw.startsWith(name) && old.type.raw.startsWith(name)) &&
      type.length !== undefined &&
      old.type.length !== undefined &&
      type.length >= old.type.length);
  if (!isGrown) return `its type changes from ${old.type.raw} to ${type.raw}`;
  if (element.collation !== undefined && element.collation !== old.collation) return "its collation changes";
  return element.nullable === false && old.nullable ? "every row is looked at for NULL" : null;
}

const VARIABLE = ["varchar(", "nvarchar(", "varbinary("];
