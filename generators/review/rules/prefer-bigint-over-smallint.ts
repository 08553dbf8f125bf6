import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const preferBigintOverSmallint: Rule = {
  id: "prefer-bigint-over-smallint",
  scope: "schema",
  title: "Two-byte integer",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "bigint", (column) =>
      SMALL.has(typeName(column.type))
        ? `${column.id} ends at ${typeName(column.type) === "tinyint" ? "127" : "32,767"}`
        : null,
    );
  },
};

const SMALL = new Set(["smallint", "tinyint"]);
