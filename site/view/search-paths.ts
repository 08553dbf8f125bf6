import type { SearchDocument, SearchIndex } from "#generators/search/search-index.ts";
import { columnAnchor } from "#generators/site-data/routes.ts";
import type { Catalog } from "./catalog.ts";

/** A search index with the page each document leads to, as the browser loads it. */
export interface SearchFile {
  readonly index: SearchIndex;
  /** By position of the document. */
  readonly paths: readonly (string | null)[];
}

export function searchFile(catalog: Catalog, index: SearchIndex): SearchFile {
  return { index, paths: index.documents.map((document) => pathOf(catalog, document)) };
}

function pathOf(catalog: Catalog, document: SearchDocument): string | null {
  if (document.kind !== "column") return catalog.routes.of(document.kind, document.id);
  const parent = catalog.relations.get(document.parent ?? "");
  const column = parent?.columns.find(({ id }) => id === document.id);
  const path = parent ? catalog.routes.of(parent.kind, parent.id) : null;
  return path === null || !column ? null : `${path}#${columnAnchor(column.name)}`;
}
