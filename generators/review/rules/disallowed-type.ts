import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const disallowedType: Rule = {
  id: "disallowed-type",
  scope: "schema",
  title: "Type that is not wanted here",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(index, { disallowedTypes }) {
    return columnRemarks(index, "Another type: this one is on the list of review.limits.disallowedTypes", (column) =>
      disallowedTypes.includes(typeName(column.type))
        ? `${column.id} is of the type ${typeName(column.type)}, which is not wanted here`
        : null,
    );
  },
};
