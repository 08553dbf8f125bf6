import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { closest } from "#schemas/closest.ts";
import type { Problem } from "#schemas/problem.ts";
import { splitWords } from "../search/tokenise.ts";
import type { Glossary } from "./read-glossary.ts";

/** By object, the words a glossary gives it: terms about it, other words for those, and its abbreviations written out. */
export function glossaryWords(model: SchemaModel, glossary: Glossary): Readonly<Record<ObjectId, readonly string[]>> {
  const words = new Map<ObjectId, string[]>();
  const add = (id: ObjectId, more: readonly string[]): void => {
    if (more.length > 0) words.set(id, [...(words.get(id) ?? []), ...more]);
  };
  for (const { term, also, objects } of glossary.terms) for (const id of objects) add(id, [term, ...also]);
  if (glossary.abbreviations.size > 0) {
    const relations = [...model.tables, ...model.views];
    const named = [...relations, ...relations.flatMap(({ columns }) => columns), ...model.enums, ...model.routines];
    for (const object of named) {
      const parts = splitWords(object.name);
      const long = parts.map((part) => glossary.abbreviations.get(part) ?? part);
      if (long.some((word, at) => word !== parts[at])) add(object.id, [long.join(" ")]);
    }
  }
  return Object.fromEntries([...words].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Objects that a glossary names and the model does not have. */
export function unknownObjects(model: SchemaModel, { path, terms }: Glossary): readonly Problem[] {
  const known = new Set(indexModel(model).objects.map(({ object }) => object.id));
  return terms.flatMap(({ term, objects, line }) =>
    objects
      .filter((id) => !known.has(id))
      .map((id): Problem => {
        const near = closest(id, known);
        return {
          code: "QG791",
          severity: "warning",
          message: `the glossary's “${term}” is about ${id}, which is not in the schema`,
          help: near === null ? "Correct the id under `Objects:`, or remove it." : `Did you mean ${near}?`,
          origin: { file: path, line, column: 1 },
          objectId: id,
        };
      }),
  );
}
