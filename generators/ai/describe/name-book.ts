import { closest } from "#schemas/closest.ts";
import { isKind, type ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";

/** Every name a text may use, and what was probably meant by one it may not. */
export interface NameBook {
  /** Whether a text about `about` may use a name: objects by id or name, columns of the object and its neighbours. */
  knows(name: string, about: ObjectId): boolean;
  suggest(name: string, about: ObjectId): string | null;
}

export function nameBook(index: ModelIndex): NameBook {
  const shared = new Set<string>();
  for (const { object } of index.objects) {
    if (object.kind === "column") {
      add(shared, object.id);
      // `table.column`, the way people write it.
      const parts = object.id.split(".");
      add(shared, parts.slice(-2).join("."));
    } else {
      add(shared, object.id);
      add(shared, object.name);
    }
    if (isKind(object, "enum")) for (const label of object.labels) add(shared, label);
    if (isKind(object, "routine")) for (const { name } of object.arguments) if (name !== undefined) add(shared, name);
  }
  const near = new Map<ObjectId, ReadonlySet<string>>();
  const columnsNear = (about: ObjectId): ReadonlySet<string> => {
    const known = near.get(about);
    if (known) return known;
    const names = new Set<string>();
    const around = [
      about,
      ...index.referencesFrom(about).map(({ foreignKey }) => foreignKey.references.table),
      ...index.referencesTo(about).map(({ from }) => from.id),
      ...(index.view(about)?.dependsOn ?? []),
    ];
    for (const id of around) for (const column of index.relation(id)?.columns ?? []) add(names, column.name);
    near.set(about, names);
    return names;
  };
  return {
    knows(name, about) {
      const word = name.toLowerCase();
      return shared.has(word) || columnsNear(about).has(word);
    },
    suggest: (name, about) => closest(name, [...columnsNear(about), ...shared]),
  };
}

const add = (names: Set<string>, name: string): void => void names.add(name.replaceAll('"', "").toLowerCase());
