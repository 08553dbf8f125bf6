import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const noCharN: Rule = {
  id: "no-char-n",
  scope: "schema",
  title: "Column of the type char(n)",
  group: "style",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "text, or varchar(n)", (column) =>
      typeName(column.type) === "character"
        ? `${column.id} is ${column.type.raw}: values are filled with blanks, and blanks at the end do not count`
        : null,
    );
  },
};
