import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlAddColumnNotInstant: Rule = {
  id: "mysql-add-column-not-instant",
  scope: "statement",
  title: "Column that the server cannot add at once",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table } = change;
    return (reviewed.online ?? []).flatMap((step) => {
      if (!(step.operation === "add column" && step.algorithm === "rebuild")) return [];
      return [
        {
          message: `${step.what} writes all of ${sized(scene, table.id)} anew${step.why === undefined ? "" : `: ${step.why}`}`,
          help: "Add it at the end, alone, with ALGORITHM=INSTANT; else gh-ost or pt-online-schema-change",
          objects: [table.id, ...(step.column === undefined ? [] : [columnId(table.id, step.column)])],
        },
      ];
    });
  },
};
