import { nameWords } from "../name-words.ts";
import { columnRemarks, isTextual } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const multiValuedAttribute: Rule = {
  id: "multi-valued-attribute",
  scope: "schema",
  title: "List in a text column",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "A table with one row each, or an array", (column) =>
      isTextual(column.type) &&
      LISTS.has(nameWords(column.name).at(-1) ?? "") &&
      column.name !== nameWords(column.name).at(-1)
        ? `${column.id} looks like a list in a text: no foreign key, no index and no = can look into it`
        : null,
    );
  },
};

/** Last words of names that are given to lists. */
const LISTS = new Set(["ids", "list", "csv", "uuids"]);
