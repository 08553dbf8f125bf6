import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import { isAtLeast, locks, type ReviewedStatement } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const newTableReferencesHotTable: Rule = {
  id: "new-table-references-hot-table",
  scope: "statement",
  title: "New table that locks a busy one",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    return actsOf(statement.acts, "create table").flatMap(({ table, references }) => {
      const locked = references.filter(({ id, isNew }) => !isNew && isNewlyLocked(statement, id));
      return [...new Set(locked.map(({ id }) => id))].flatMap((id) => {
        // With statistics at hand only a table that they call large is hot; without, nothing can be said for sure.
        if (scene.sizes.areKnown && !scene.sizes.isLarge(id)) return [];
        return [
          {
            message: `CREATE TABLE ${table.id} references ${sized(scene, id)}: writes to it wait until this transaction ends`,
            help: "Set lock_timeout, or add the foreign key in a migration of its own",
            objects: [id, table.id],
            ...(scene.sizes.areKnown ? {} : { severity: "info" as const }),
          },
        ];
      });
    });
  },
};

/** A transaction that holds such a lock already makes nobody wait longer for this one. */
function isNewlyLocked(statement: ReviewedStatement, table: string): boolean {
  const held = statement.held.get(table);
  if (held && isAtLeast(held.mode, "ShareRowExclusiveLock")) return false;
  return locks(statement, table, "ShareRowExclusiveLock");
}
