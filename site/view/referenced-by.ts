import type { Catalog } from "./catalog.ts";
import { relationJoins, type Join } from "./relation-page.ts";

/** A hub has hundreds of references; its own page shows this many, and pages of their own show all. */
export const FIRST_INCOMING = 24;
const ON_A_PAGE = 200;

/** A page of what refers to one table. */
export interface ReferencedByPage {
  readonly path: string;
  readonly table: { readonly label: string; readonly path: string };
  readonly total: number;
  /** From 1. */
  readonly number: number;
  readonly pages: readonly string[];
  readonly joins: readonly Join[];
}

/** Where all references to a table are listed; null when its own page shows them. */
export function referencedByPath(tablePath: string, joins: readonly Join[]): string | null {
  const isHub = joins.filter(({ direction }) => direction === "from").length > FIRST_INCOMING;
  return isHub ? tablePath.replace(/^tables/, "referenced-by") : null;
}

export function referencedByPages(catalog: Catalog): readonly ReferencedByPage[] {
  return catalog.model.tables.flatMap(({ id, kind, constraints }) => {
    const own = catalog.routes.of(kind, id) ?? "";
    const all = relationJoins(catalog, id, constraints);
    const first = referencedByPath(own, all);
    if (first === null) return [];
    const joins = all.filter(({ direction }) => direction === "from");
    const pages = Array.from({ length: Math.ceil(joins.length / ON_A_PAGE) }, (_, at) =>
      at === 0 ? first : `${first}${at + 1}/`,
    );
    return pages.map((path, at) => ({
      path,
      table: { label: id, path: own },
      total: joins.length,
      number: at + 1,
      pages,
      joins: joins.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE),
    }));
  });
}
