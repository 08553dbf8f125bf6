import type { Index, IndexKey } from "#schemas/model.ts";

const keyShape = ({ column, expression, descending, nullsFirst, operatorClass, collation, prefixLength }: IndexKey) => [
  column,
  expression,
  descending === true,
  nullsFirst,
  operatorClass,
  collation,
  prefixLength,
];

/** Text that is equal for indexes that hold the same thing under different names. */
export function indexShape({ method, keys, include, predicate, unique, nullsNotDistinct }: Index): string {
  return JSON.stringify([method, keys.map(keyShape), include, predicate, unique, nullsNotDistinct === true]);
}

/** Whether a wider index of the same kind, over the same rows, begins with all keys of a shorter one. */
export function beginsWith(wider: Index, shorter: Index): boolean {
  if (wider.method !== shorter.method || shorter.method !== "btree" || wider.predicate !== shorter.predicate)
    return false;
  if (shorter.include.some((column) => !wider.include.includes(column))) return false;
  const shape = (keys: readonly IndexKey[]): string => JSON.stringify(keys.map(keyShape));
  return shape(wider.keys.slice(0, shorter.keys.length)) === shape(shorter.keys);
}
