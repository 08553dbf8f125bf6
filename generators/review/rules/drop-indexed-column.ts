import { oldTableChange, specsOf } from "../by-rule/mysql-statement.ts";
import { columnId } from "#schemas/object-id.ts";
import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const dropIndexedColumn: Rule = {
  id: "drop-indexed-column",
  scope: "statement",
  title: "Dropped column that an index uses",
  group: "compatibility",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const change = oldTableChange(reviewed);
    const known = mysqlOf(reviewed)?.table;
    if (!change || !known) return [];
    const { table, statement } = change;
    const dropped = new Set(specsOf(statement, "drop key").map(({ name }) => name.toLowerCase()));
    return specsOf(statement, "drop column").flatMap(({ name }) => {
      const uses = known.indexes.filter(
        (index) =>
          !dropped.has(index.name.toLowerCase()) &&
          index.keys.some(({ column }) => column?.toLowerCase() === name.toLowerCase()),
      );
      if (uses.length === 0) return [];
      const names = uses.map((index) => index.name).join(", ");
      return [
        {
          message: `${table.id}.${name} is part of the index ${names}: the column goes out of it, and with its last column the index itself`,
          help: "Drop or change the index in a step of its own first, and see which queries used it",
          objects: [columnId(table.id, name), table.id, ...uses.map(({ id }) => id)],
        },
      ];
    });
  },
};
