import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { scanSeverity, sized, whileBlocked } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const validateInSameTransaction: Rule = {
  id: "validate-in-same-transaction",
  scope: "statement",
  title: "VALIDATE in the transaction that added the constraint",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "validate constraint").flatMap(({ table, name }) => {
      if (table.isNew || !statement.notValidYet.has(`${table.id}.${name}`)) return [];
      return [
        {
          message: `VALIDATE CONSTRAINT ${name} reads all of ${sized(scene, table.id)}${whileBlocked(statement, table.id)}`,
          help: "Validate it in the next migration: then reads and writes go on",
          objects: [table.id, columnId(table.id, name)],
          ...scanSeverity(statement, scene, table.id),
        },
      ];
    });
  },
};
