import { mysqlOf } from "../statement.ts";
import { subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlColumnOrder: Rule = {
  id: "mysql-column-order",
  scope: "statement",
  title: "Column with a place",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const statement = mysqlOf(reviewed)?.statement;
    if (statement?.kind !== "alter table" || reviewed.altered?.isNew !== false) return [];
    return statement.specs.flatMap((spec) => {
      if ((spec.kind !== "add column" && spec.kind !== "modify column") || spec.place === undefined) return [];
      const place = "first" in spec.place ? "FIRST" : `AFTER ${spec.place.after}`;
      return [
        {
          message: `${subject(reviewed)}.${spec.column.name} is put ${place}: only SELECT * and INSERT without columns see the order`,
          help: "Leave the place out",
          objects: [],
        },
      ];
    });
  },
};
