import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const booleanNullable: Rule = {
  id: "boolean-nullable",
  scope: "schema",
  title: "Boolean with three values",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "Make it NOT NULL with a default", (column) =>
      (column.type.family === "boolean" || column.type.raw === "tinyint(1)") &&
      (column.type.dimensions ?? 0) === 0 &&
      column.nullable
        ? `${column.id} is true, false or NULL: conditions on it leave rows out that are neither`
        : null,
    );
  },
};
