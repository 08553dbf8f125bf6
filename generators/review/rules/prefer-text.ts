import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const preferText: Rule = {
  id: "prefer-text",
  scope: "schema",
  title: "Column of the type varchar(n)",
  group: "style",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "text, with a CHECK on the length where one is needed", (column) =>
      typeName(column.type) === "character varying" && column.type.length !== undefined
        ? `${column.id} is ${column.type.raw}: the limit saves no room, and a shorter one needs a new check of every row`
        : null,
    );
  },
};
