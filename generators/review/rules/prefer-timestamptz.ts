import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const preferTimestamptz: Rule = {
  id: "prefer-timestamptz",
  scope: "schema",
  title: "Timestamp without time zone",
  group: "style",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "timestamp with time zone", (column) =>
      typeName(column.type) === "timestamp without time zone"
        ? `${column.id} is a timestamp without time zone: the moment it means depends on who reads it`
        : null,
    );
  },
};
