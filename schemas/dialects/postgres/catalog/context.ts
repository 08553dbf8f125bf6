import type { Grant } from "#schemas/model.ts";
import type { Origin } from "#schemas/source.ts";
import type { AclRow, CatalogRows } from "./rows.ts";

/** Parts of the mapping that every object needs. */
export interface CatalogContext {
  readonly rows: CatalogRows;
  readonly originOf: OriginOf;
  readonly owned: (row: { owner: string; acl: readonly AclRow[] | null; comment: string | null }) => {
    owner?: string;
    grants?: readonly Grant[];
    comment?: string;
  };
  readonly isBookkeeping: (schema: string, table: string) => boolean;
  /** False when the rows are those that scripts inserted, which says nothing about sizes. */
  readonly hasRows: boolean;
}

/** Where an object came from, by catalog, oid and column number (0 for the object itself). */
export type OriginOf = (catalog: number, oid: number, sub?: number) => Origin | undefined;

/** System catalogs whose objects have origins, with their fixed oids. */
export const CATALOG = {
  class: 1259,
  constraint: 2606,
  extension: 3079,
  namespace: 2615,
  policy: 3256,
  proc: 1255,
  rewrite: 2618,
  trigger: 2620,
  type: 1247,
  statistics: 3381,
  eventTrigger: 3466,
  publication: 6104,
} as const;

/** An optional field from an optional origin. */
export function origin(value: Origin | undefined): { origin?: Origin } {
  return value === undefined ? {} : { origin: value };
}

/** By id, in code-unit order, so that no locale changes the bytes. */
export function sorted<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}
