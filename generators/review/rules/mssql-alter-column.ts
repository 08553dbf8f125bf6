import { oldTable } from "../by-rule/mssql-statement.ts";
import { mssqlOf } from "../statement.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import { whyThroughRows } from "../by-rule/alter-column-cost.ts";
import type { Rule } from "../rule.ts";

export const mssqlAlterColumn: Rule = {
  id: "mssql-alter-column",
  scope: "statement",
  title: "ALTER COLUMN that works through all rows",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "error",
  default: "on",
  check(reviewed, scene) {
    const table = oldTable(reviewed);
    const statement = mssqlOf(reviewed)?.statement;
    if (!table || statement?.kind !== "alter table") return [];
    return statement.actions.flatMap((action) => {
      if (action.kind !== "alter column") return [];
      const why = whyThroughRows(action.column, scene.base.table(table.id));
      if (why === null) return [];
      const { name } = action.column;
      return [
        {
          message: `ALTER COLUMN ${name} works through all of ${sized(scene, table.id)} while nothing can read or write it: ${why}`,
          help: "Add a column of the new type, fill it in batches, then swap the names; WITH (ONLINE = ON) lets others work meanwhile on Enterprise and Azure SQL",
          objects: [columnId(table.id, name), table.id],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};
