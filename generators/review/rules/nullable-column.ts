import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const nullableColumn: Rule = {
  id: "nullable-column",
  scope: "schema",
  title: "Column that may be NULL",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(index) {
    return columnRemarks(index, "NOT NULL", (column) => (column.nullable ? `${column.id} may be NULL` : null));
  },
};
