import { columnId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropTrigger: Rule = {
  id: "drop-trigger",
  scope: "statement",
  title: "Trigger dropped",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ acts }, scene) {
    return actsOf(acts, "drop trigger").flatMap(({ table, name }) => {
      const has = ({ triggers }: { readonly triggers: readonly { readonly name: string }[] }): boolean =>
        triggers.some((trigger) => trigger.name === name);
      const old = scene.base.relation(table.id);
      const now = scene.head.relation(table.current);
      // Made again, or never there.
      if (table.isNew || (old && !has(old)) || (now && has(now))) return [];
      return [
        {
          message: `Drops the trigger ${name} of ${table.id}: what it did no longer happens`,
          help: "Say in the migration what does it from now on",
          objects: [columnId(table.id, name), table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};
