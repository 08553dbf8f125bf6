import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropColumn: Rule = {
  id: "drop-column",
  scope: "statement",
  title: "Column dropped",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "drop column").flatMap(({ table, column }) => {
      if (table.isNew || scene.base.relation(table.id)?.columns.some(({ name }) => name === column) === false)
        return [];
      return [
        {
          message: `Drops ${table.id}.${column} and what is in it (${scene.sizes.words(table.id)}); code that still names it fails`,
          help: "Stop using it, deploy, then drop it in a later migration",
          objects: [columnId(table.id, column), table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
