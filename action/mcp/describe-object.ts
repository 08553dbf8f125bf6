import type { SavedQuery } from "#generators/generator.ts";
import type { ModelObject } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";

export interface DescribeOptions {
  readonly index: ModelIndex;
  readonly queries: readonly SavedQuery[];
  /** What people wrote, by ObjectId. */
  readonly descriptions: Readonly<Record<ObjectId, string>>;
}

/** An object of the model with what is said of it and what it is connected with; null when there is none. */
export function describeObject(
  id: ObjectId,
  { index, queries, descriptions }: DescribeOptions,
): Readonly<Record<string, unknown>> | null {
  const placed = index.objects.find(({ object }) => object.id === id);
  if (!placed) return null;
  const { object, parent } = placed;
  const used = queries
    .filter(({ uses }) => uses.includes(id))
    .map(({ id: query, title, question }) => ({ id: query, title, question }));
  return {
    ...withoutOrigin(object),
    ...(descriptions[id] === undefined ? {} : { description: descriptions[id] }),
    ...(parent ? { of: parent.id } : {}),
    ...(object.kind === "table"
      ? {
          referencedBy: index
            .referencesTo(id)
            .map(({ from, foreignKey }) => ({ table: from.id, columns: foreignKey.columns })),
        }
      : {}),
    ...(used.length > 0 ? { savedQueries: used } : {}),
  };
}

/** Where an object was made says nothing about what it is. */
function withoutOrigin(object: ModelObject): Readonly<Record<string, unknown>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The model is JSON.
  return JSON.parse(
    JSON.stringify(object, (key, value: unknown) => (key === "origin" ? undefined : value)),
  ) as Readonly<Record<string, unknown>>;
}
