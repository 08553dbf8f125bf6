import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropNotNull: Rule = {
  id: "drop-not-null",
  scope: "statement",
  title: "NULL allowed where there was none",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ acts }, scene) {
    return actsOf(acts, "drop not null").flatMap(({ table, column }) => {
      const old = scene.base.table(table.id);
      if (table.isNew || (old && scene.base.columnOf(old, column)?.nullable !== false)) return [];
      const id = columnId(table.id, column);
      return [
        {
          message: `${id} may be NULL from now on: code that reads it may not expect that`,
          help: "Teach every reader first, then drop NOT NULL",
          objects: [id, table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
