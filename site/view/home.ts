import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { Catalog } from "./catalog.ts";
import { count } from "./relation-page.ts";

const MOST_QUERIES = 5;

/** The saved queries of the front page: those whose answer has rows first, otherwise in their own order. */
export function homeQueries({ queries }: Catalog): SiteQuery[] {
  const hasRows = ({ result }: SiteQuery): boolean => (result?.rows.length ?? 0) > 0;
  return [...queries.filter(hasRows), ...queries.filter((query) => !hasRows(query))].slice(0, MOST_QUERIES);
}

/** How much there is, as a line. What there is none of is not named. */
export function homeNumbers({ model, queries }: Catalog): string[] {
  const tables = model.tables.filter(({ partitionOf }) => !partitionOf).length;
  const numbers: readonly (readonly [number, string])[] = [
    [tables, "table"],
    [model.views.length, "view"],
    [model.routines.length, "function"],
    [model.enums.length, "enum"],
    [queries.length, "saved query"],
  ];
  return numbers
    .filter(([number]) => number > 0)
    .map(([number, word]) => count(number, word, word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`));
}
