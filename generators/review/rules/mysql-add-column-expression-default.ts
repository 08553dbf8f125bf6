import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlAddColumnExpressionDefault: Rule = {
  id: "mysql-add-column-expression-default",
  scope: "statement",
  title: "Default that is computed for every old row",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table } = change;
    return (reviewed.online ?? []).flatMap((step) => {
      if (
        !(step.operation === "add column" && step.algorithm === "copy" && step.why?.startsWith("its default") === true)
      )
        return [];
      return [
        {
          message: `${step.what} copies all of ${sized(scene, table.id)} while nothing can write to it: ${step.why}`,
          help: "Add it nullable, fill old rows in batches, then ALTER COLUMN … SET DEFAULT",
          objects: [table.id, ...(step.column === undefined ? [] : [columnId(table.id, step.column)])],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};
