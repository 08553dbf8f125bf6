import { hasWord } from "../name-words.ts";
import { columnRemarks } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const floatForMoney: Rule = {
  id: "float-for-money",
  scope: "schema",
  title: "Money in a floating-point column",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(index) {
    return columnRemarks(index, "numeric with a scale", (column) =>
      column.type.family === "float" && hasWord(column.name, MONEY)
        ? `${column.id} is an amount of money in ${column.type.raw}: 0.1 + 0.2 is not 0.3 there`
        : null,
    );
  },
};

const MONEY = new Set(
  "price amount cost total subtotal balance fee salary tax discount revenue payment refund deposit".split(" "),
);
