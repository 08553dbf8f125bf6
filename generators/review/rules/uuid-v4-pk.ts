import { columnRemarks, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const uuidV4Pk: Rule = {
  id: "uuid-v4-pk",
  scope: "schema",
  title: "Random primary key",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(
      index,
      "One that sorts by time: uuidv7() (PostgreSQL 18), UUID_v7() (MariaDB 11.7), NEWSEQUENTIALID() (SQL Server)",
      (column, table) =>
        primaryKeyOf(table)?.columns.includes(column.name) === true &&
        RANDOM.has(plainCall((column.default ?? "").toLowerCase()))
          ? `${column.id} is filled with UUIDs that do not sort by time: each new row goes to another page of the index`
          : null,
    );
  },
};

const RANDOM = new Set(["gen_random_uuid()", "uuid_generate_v4()", "uuidv4()", "newid()", "uuid()", "uuid_v4()"]);

/** A default that is one call, without schema and parentheses around it. */
function plainCall(text: string): string {
  const inner = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
  return inner.split(".").at(-1) ?? "";
}
