import type { Namespace } from "../../model.ts";

/** By id, as the model wants its lists. */
export function sorted<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return objects.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** What every object of the model has. */
export function common(object: Pick<Namespace, "name" | "comment" | "origin">) {
  const { name, comment, origin } = object;
  return { name, ...(comment === undefined ? {} : { comment }), ...(origin ? { origin } : {}) };
}
