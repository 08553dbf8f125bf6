import { checkedRelations, isNamed, type CheckContext, type Remark } from "./check-context.ts";

/** The same reference twice, and referring columns without an index. */
export function relationChecks(context: CheckContext): readonly Remark[] {
  return [...duplicates(context), ...unindexed(context)];
}

function duplicates(context: CheckContext): readonly Remark[] {
  if (!context.config.duplicateRelations?.enabled) return [];
  return checkedRelations(context, []).flatMap(({ id }) => {
    const seen = new Set<string>();
    return context.index.referencesFrom(id).flatMap(({ foreignKey }): readonly Remark[] => {
      const key = JSON.stringify([foreignKey.columns, foreignKey.references]);
      const isAgain = seen.has(key);
      seen.add(key);
      const message = `${id}: duplicate relation to ${foreignKey.references.table} (${foreignKey.columns.join(", ")})`;
      return isAgain ? [{ check: "duplicateRelations", about: foreignKey, message }] : [];
    });
  });
}

function unindexed(context: CheckContext): readonly Remark[] {
  const settings = context.config.requireForeignKeyIndex;
  if (!settings?.enabled) return [];
  return checkedRelations(context, []).flatMap((owner) => {
    const leading = owner.indexes
      .filter(({ predicate }) => predicate === undefined)
      .map(({ keys }) => keys.map(({ column }) => column));
    return context.index
      .referencesFrom(owner.id)
      .filter(({ foreignKey }) => !foreignKey.virtual)
      .filter(({ foreignKey: { columns } }) => !columns.some((name) => isNamed(settings.exclude, owner, name)))
      .filter(
        ({ foreignKey: { columns } }) =>
          !leading.some((keys) => columns.every((name) => keys.slice(0, columns.length).includes(name))),
      )
      .map(({ foreignKey }): Remark => {
        const message = `${owner.id}.${foreignKey.columns.join(", ")}: foreign key without index`;
        return { check: "requireForeignKeyIndex", about: foreignKey, message };
      });
  });
}
