import type { ObjectId } from "#schemas/object-id.ts";
import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";
import type { Scene } from "../scene.ts";

export const truncateCascade: Rule = {
  id: "truncate-cascade",
  scope: "statement",
  title: "TRUNCATE … CASCADE",
  group: "compatibility",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check({ acts }, scene) {
    const emptied = actsOf(acts, "truncate");
    return emptied.flatMap(({ table, isCascade }) => {
      if (!isCascade || table.isNew) return [];
      const others = referencing(table.id, scene).filter((id) => !emptied.some((other) => other.table.id === id));
      if (others.length === 0 && scene.base.table(table.id)) return [];
      return [
        {
          message: `TRUNCATE ${table.id} CASCADE also deletes every row of ${others.length === 0 ? "each table that points at it" : others.map((id) => sized(scene, id)).join(" and ")}`,
          help: "Name every table that is to be emptied, without CASCADE",
          objects: [...others, table.id],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** The tables that point at a table, directly or by way of others. */
function referencing(table: ObjectId, { base }: Scene): readonly ObjectId[] {
  const found = new Set<ObjectId>([table]);
  for (const id of found) for (const { from } of base.referencesTo(id)) found.add(from.id);
  found.delete(table);
  return [...found];
}
