import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const charTooLong: Rule = {
  id: "char-too-long",
  scope: "schema",
  title: "char(n) that is long",
  group: "schema",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "opt-in",
  check(index, { charLength }) {
    return columnRemarks(index, "varchar or text", (column) =>
      ["character", "char"].includes(typeName(column.type)) && (column.type.length ?? 0) > charLength
        ? `${column.id} fills every value up to ${column.type.length} characters with blanks`
        : null,
    );
  },
};
