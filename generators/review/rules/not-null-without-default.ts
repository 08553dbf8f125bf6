import type { Column, Table } from "#schemas/model.ts";
import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const notNullWithoutDefault: Rule = {
  id: "not-null-without-default",
  scope: "schema",
  title: "Required column without a default",
  group: "schema",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "opt-in",
  check(index) {
    return columnRemarks(index, "Give it a default", (column, table) =>
      !column.nullable &&
      column.default === undefined &&
      column.identity === undefined &&
      column.generated === undefined &&
      !isKey(column, table)
        ? `${column.id} is required and has no default: code that does not know it cannot insert`
        : null,
    );
  },
};

const isKey = ({ name }: Column, { constraints }: Table): boolean =>
  constraints.some(({ kind, columns }) => (kind === "primary key" || kind === "foreign key") && columns.includes(name));
