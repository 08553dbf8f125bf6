import type { Column, Table } from "#schemas/model.ts";
import { columnRemarks, typeName } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const preferBigint: Rule = {
  id: "prefer-bigint",
  scope: "schema",
  title: "Four-byte integer",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "bigint", (column, table) =>
      INT.has(typeName(column.type))
        ? `${column.id} ends at 2,147,483,647${isKey(column, table) ? ", and it is a key" : ""}`
        : null,
    );
  },
};

const INT = new Set(["integer", "int", "mediumint"]);

const isKey = ({ name }: Column, { constraints }: Table): boolean =>
  constraints.some(({ kind, columns }) => (kind === "primary key" || kind === "foreign key") && columns.includes(name));
