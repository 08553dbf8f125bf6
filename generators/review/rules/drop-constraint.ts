import type { Constraint } from "#schemas/model.ts";
import { columnId } from "#schemas/object-id.ts";
import { actsOf, type RelationRef } from "../acts/act.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";

export const dropConstraint: Rule = {
  id: "drop-constraint",
  scope: "statement",
  title: "Constraint dropped",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ acts }, scene) {
    return actsOf(acts, "drop constraint").flatMap(({ table, name }) => {
      const old = scene.base.table(table.id);
      const constraint = old?.constraints.find((item) => item.name === name);
      if (table.isNew || (old && !constraint) || (constraint && isReplaced(constraint, table, scene))) return [];
      const what = constraint ? `${constraint.kind} ${name}` : `constraint ${name}`;
      return [
        {
          message: `Drops the ${what} of ${table.id}: rows that it refused are let in from now on`,
          help: "Say in the migration what keeps such rows out, or why they may come",
          objects: [columnId(table.id, name), table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** Whether the table has, when all is done, a constraint of the same kind over the same columns or of the same name. */
function isReplaced({ kind, name, columns }: Constraint, { current }: RelationRef, scene: Scene): boolean {
  const now = scene.head.table(current)?.constraints ?? [];
  return now.some((other) => other.kind === kind && (other.name === name || other.columns.join() === columns.join()));
}
