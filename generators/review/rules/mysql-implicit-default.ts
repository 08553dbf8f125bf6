import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const mysqlImplicitDefault: Rule = {
  id: "mysql-implicit-default",
  scope: "statement",
  title: "Required column whose old rows get a value nobody chose",
  group: "compatibility",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    return actsOf(reviewed.acts, "add column").flatMap(({ table, column }) => {
      const isFilled =
        column.default !== null || column.isIdentity || column.isStored || column.isVirtual || column.isSerial;
      if (table.isNew || !column.required || isFilled) return [];
      return [
        {
          message: `${column.name} is NOT NULL without a default: every old row of ${sized(scene, table.id)} gets 0, an empty text or a zero date`,
          help: "Say the default, or add it nullable, fill it and make it NOT NULL then",
          objects: [columnId(table.id, column.name), table.id],
        },
      ];
    });
  },
};
