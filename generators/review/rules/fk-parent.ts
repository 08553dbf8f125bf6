import { actsOf } from "../acts/act.ts";
import { columnId } from "#schemas/object-id.ts";
import type { Rule } from "../rule.ts";

export const fkParent: Rule = {
  id: "fk-parent",
  scope: "statement",
  title: "Foreign key to columns that are not unique",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed, scene) {
    const tables = reviewed.acts.flatMap((act) => ("table" in act ? [act.table.current] : []));
    const old = new Set(tables.flatMap((id) => scene.base.referencesFrom(id).map(({ foreignKey }) => foreignKey.id)));
    const named = actsOf(reviewed.acts, "create table").length > 0;
    const adds = actsOf(reviewed.acts, "add constraint").some(({ constraint }) => constraint === "foreign key");
    if (!named && !adds) return [];
    return [...new Set(tables)].flatMap((id) =>
      scene.head.referencesFrom(id).flatMap(({ foreignKey, to }) => {
        if (to === undefined || old.has(foreignKey.id)) return [];
        const { columns } = foreignKey.references;
        const isUnique = to.constraints.some(
          ({ kind, columns: own }) =>
            (kind === "primary key" || kind === "unique") && own.toSorted().join() === columns.toSorted().join(),
        );
        if (isUnique) return [];
        return [
          {
            message: `${foreignKey.name} of ${id} points at ${columns.join(", ")} of ${to.id}, which no primary or unique key makes unique`,
            help: "Point at the primary key, or make those columns unique first; MySQL 8.4 refuses such a key",
            objects: [foreignKey.id, to.id, ...columns.map((column) => columnId(to.id, column))],
          },
        ];
      }),
    );
  },
};
