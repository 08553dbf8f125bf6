import { actsOf } from "../acts/act.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import { whyWritten } from "../by-rule/metadata-only-default.ts";
import type { Rule } from "../rule.ts";

export const mssqlAddNotNullDefault: Rule = {
  id: "mssql-add-not-null-default",
  scope: "statement",
  title: "Default that is written into every row",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "error",
  default: "on",
  check(reviewed, scene) {
    return actsOf(reviewed.acts, "add column").flatMap(({ table, column }) => {
      const why =
        table.isNew || !column.required || column.default === null ? null : whyWritten(reviewed, column.name, scene);
      if (why === null) return [];
      return [
        {
          message: `Adding ${column.name} NOT NULL with a default writes every row of ${sized(scene, table.id)} while nothing can read or write it: ${why}`,
          help: "Add it nullable, fill it in batches, then make it NOT NULL",
          objects: [columnId(table.id, column.name), table.id],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};
