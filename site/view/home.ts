import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { Catalog } from "./catalog.ts";
import { count } from "./relation-page.ts";

const MOST_QUERIES = 5;

/** The saved queries of the front page: those with an answer first, otherwise in their own order. */
export function homeQueries({ queries }: Catalog): SiteQuery[] {
  const answered = queries.filter(({ result }) => result !== undefined);
  const others = queries.filter(({ result }) => result === undefined);
  return [...answered, ...others].slice(0, MOST_QUERIES);
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
