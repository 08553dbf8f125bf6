import { oldTableChange, specsOf } from "../by-rule/mysql-statement.ts";
import { lostAttributes } from "../by-rule/lost-attributes.ts";
import { columnId } from "#schemas/object-id.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlChangeColumn: Rule = {
  id: "mysql-change-column",
  scope: "statement",
  title: "Attributes that a MODIFY leaves out",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const change = oldTableChange(reviewed);
    const source = mysqlOf(reviewed);
    if (!change || !source?.table) return [];
    const { table, statement } = change;
    return specsOf(statement, "modify column").flatMap((spec) => {
      const lost = lostAttributes(spec, source.table);
      if (lost.length === 0) return [];
      const word = spec.isChange ? "CHANGE" : "MODIFY";
      return [
        {
          message: `${word} of ${table.id}.${spec.from} does not repeat ${lost.join(", ")}: the column loses it`,
          help: "Repeat every attribute; RENAME COLUMN and ALTER COLUMN … SET DEFAULT keep them by themselves",
          objects: [columnId(table.id, spec.from), table.id],
        },
      ];
    });
  },
};
