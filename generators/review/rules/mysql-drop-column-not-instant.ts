import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlDropColumnNotInstant: Rule = {
  id: "mysql-drop-column-not-instant",
  scope: "statement",
  title: "Column that the server cannot drop at once",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table } = change;
    return (reviewed.online ?? []).flatMap((step) => {
      if (!(step.operation === "drop column" && step.algorithm === "rebuild")) return [];
      return [
        {
          message: `${step.what} writes all of ${sized(scene, table.id)} anew${step.why === undefined ? "" : `: ${step.why}`}`,
          help: "ALGORITHM=INSTANT where the server has it, else gh-ost or pt-online-schema-change",
          objects: [table.id, ...(step.column === undefined ? [] : [columnId(table.id, step.column)])],
        },
      ];
    });
  },
};
