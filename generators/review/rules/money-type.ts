import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const moneyType: Rule = {
  id: "money-type",
  scope: "schema",
  title: "Column of the type money",
  group: "schema",
  dialects: ["postgres", "mssql"],
  severity: "info",
  default: "on",
  check(index) {
    return columnRemarks(index, "numeric with a scale, and a column for the currency", (column) =>
      column.type.family === "money"
        ? `${column.id} is of the type money: lc_monetary of the session decides what is shown and read, and no currency is kept`
        : null,
    );
  },
};
