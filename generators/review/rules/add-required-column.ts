import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const addRequiredColumn: Rule = {
  id: "add-required-column",
  scope: "statement",
  title: "Required column without a default",
  group: "migration",
  dialects: ["postgres", "mssql"],
  severity: "error",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "add column").flatMap(({ table, column }) => {
      const isFilled =
        column.default !== null || column.isIdentity || column.isSerial || column.isStored || column.isVirtual;
      if (table.isNew || !column.required || isFilled) return [];
      return [
        {
          message: `ADD COLUMN ${column.name} NOT NULL without a default fails as soon as ${sized(scene, table.id)} has a row`,
          help: "Give it a constant default, or add it nullable, fill it, then make it NOT NULL",
          objects: [table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
