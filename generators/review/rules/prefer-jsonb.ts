import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const preferJsonb: Rule = {
  id: "prefer-jsonb",
  scope: "schema",
  title: "Column of the type json",
  group: "style",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "jsonb", (column) =>
      typeName(column.type) === "json"
        ? `${column.id} is json: it has no equality, so DISTINCT, GROUP BY and UNION fail on it, and no index looks into it`
        : null,
    );
  },
};
