import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import { locks } from "../statement.ts";

export const dropConstraintLocksParent: Rule = {
  id: "drop-constraint-locks-parent",
  scope: "statement",
  title: "Foreign key dropped while nothing can read either table",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    // With a limit on the wait there is nothing left to do better.
    if (statement.hasLockTimeout) return [];
    return actsOf(statement.acts, "drop constraint").flatMap(({ table, name }) => {
      const key = scene.base.table(table.id)?.constraints.find((constraint) => constraint.name === name);
      if (table.isNew || key?.kind !== "foreign key") return [];
      const parent = key.references.table;
      if (parent === table.id || !locks(statement, parent, "AccessExclusiveLock")) return [];
      return [
        {
          message: `DROP CONSTRAINT ${name} takes ACCESS EXCLUSIVE on ${sized(scene, parent)} too, not only on ${table.id}: it waits for every query on both and stops new ones meanwhile`,
          help: "SET LOCAL lock_timeout = '2s' first, and run it when little goes on",
          objects: [parent, table.id],
        },
      ];
    });
  },
};
