import { readersOf } from "../exposed.ts";
import { looksSensitive } from "../sensitive-names.ts";
import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const sensitiveColumnExposed: Rule = {
  id: "sensitive-column-exposed",
  scope: "schema",
  title: "Sensitive column that clients read",
  group: "schema",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(index, { clientRoles }) {
    return columnRemarks(index, "Move it to a table of its own, or grant the other columns only", (column, table) => {
      const isGuarded = table.rowSecurity !== undefined || !looksSensitive(column.name);
      const readers = isGuarded ? [] : readersOf(table, clientRoles, column.name);
      return readers.length === 0 ? null : `${readers.join(", ")} may read ${column.id}, which looks sensitive`;
    });
  },
};
