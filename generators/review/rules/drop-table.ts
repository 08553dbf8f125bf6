import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const dropTable: Rule = {
  id: "drop-table",
  scope: "statement",
  title: "Table dropped",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "drop table").flatMap(({ table, what }) => {
      if (table.isNew || what === "materialized view" || scene.base.relation(table.id) === undefined) return [];
      return [
        {
          message: `Drops the ${what} ${sized(scene, table.id)}: its rows are lost and code that still names it fails`,
          help: "Stop using it, deploy, then drop it in a later migration",
          objects: [table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
