import { ownTables, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const genericId: Rule = {
  id: "generic-id",
  scope: "schema",
  title: "Primary key that is just called id",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const key = primaryKeyOf(table);
      if (key?.columns.length !== 1 || key.columns[0] !== "id") return [];
      return [
        {
          message: `The primary key of ${table.id} is just called id`,
          help: "The table's name in it: then USING works",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
