import { oldTableChange } from "../by-rule/mysql-statement.ts";
import { rewriteSeverity, sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlVarcharByteBoundary: Rule = {
  id: "mysql-varchar-byte-boundary",
  scope: "statement",
  title: "Longer VARCHAR that copies the table",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table } = change;
    return (reviewed.online ?? []).flatMap((step) => {
      if (!(step.operation === "varchar length" && step.algorithm === "copy")) return [];
      return [
        {
          message: `${step.what} copies all of ${sized(scene, table.id)} while nothing can write to it: ${step.why ?? ""}`,
          help: "Stay on one side of the boundary, or use gh-ost or pt-online-schema-change",
          objects: [table.id, ...(step.column === undefined ? [] : [columnId(table.id, step.column)])],
          ...rewriteSeverity(scene, table.id),
        },
      ];
    });
  },
};
