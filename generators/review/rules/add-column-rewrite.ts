import { actsOf, type AddedColumn } from "../acts/act.ts";
import { rewriteSeverity, sized, whileBlocked } from "../blocking.ts";
import { rewrites } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const addColumnRewrite: Rule = {
  id: "add-column-rewrite",
  scope: "statement",
  title: "New column that rewrites its table",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add column").flatMap(({ table, column }) => {
      const why = reason(column);
      if (table.isNew || why === null || !rewrites(statement, scene.family(table.id))) return [];
      return [
        {
          message: `ADD COLUMN ${column.name} writes every row of ${sized(scene, table.id)} anew${whileBlocked(statement, table.id)}, because ${why.because}`,
          help: why.help,
          objects: [table.id],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};

function reason(column: AddedColumn): { readonly because: string; readonly help: string } | null {
  const fill = "Add a plain column, fill old rows in batches, then attach a sequence as its default";
  if (column.isIdentity) return { because: "an identity numbers the rows that are there", help: fill };
  if (column.isSerial) return { because: "a serial numbers the rows that are there", help: fill };
  if (column.isStored) {
    const help = "Make it VIRTUAL (PostgreSQL 18), or fill a plain column by a trigger and in batches";
    return { because: "a stored generated column is computed for each row", help };
  }
  if (column.domain !== undefined) {
    const help = "Use the domain's base type and add its check NOT VALID";
    return { because: `the domain ${column.domain} has constraints to be checked`, help };
  }
  return null;
}
