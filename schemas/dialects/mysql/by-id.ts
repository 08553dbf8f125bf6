/** Objects in the order of their ids, so that equal schemas give equal bytes. */
export function byId<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}
