import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";

/** Labels by object id, sorted; only objects that have one. */
export type Labels = ReadonlyMap<ObjectId, readonly string[]>;

/** Which tables, views and columns carry which labels of the configuration. A pattern labels what it names, not what is in it. */
export function labelsOf(model: SchemaModel, labels: DatabaseConfig["labels"]): Labels {
  const relations = [...model.tables, ...model.views];
  const found = new Map<ObjectId, Set<string>>();
  for (const [pattern, names] of Object.entries(labels)) {
    const { matches } = objectPattern(pattern, model.dialect);
    for (const relation of relations) {
      // `people.*` fits the columns letter by letter too: where it fits the table, the table is meant.
      const meant = matches(relation.id) ? [relation] : relation.columns.filter(({ id }) => matches(id));
      for (const { id } of meant) {
        const own = found.get(id) ?? new Set();
        for (const name of names) own.add(name);
        found.set(id, own);
      }
    }
  }
  return new Map([...found].map(([id, names]) => [id, [...names].sort()]));
}
