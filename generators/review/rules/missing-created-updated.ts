import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const missingCreatedUpdated: Rule = {
  id: "missing-created-updated",
  scope: "schema",
  title: "Table without its times",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }, { requiredColumns }) {
    return ownTables(model).flatMap((table) => {
      const missing = requiredColumns.filter((name) => !table.columns.some((column) => column.name === name));
      if (missing.length === 0) return [];
      return [
        {
          message: `${table.id} has no ${missing.join(" and no ")}`,
          help: "Add it with DEFAULT now()",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
