import type { SearchDocument, SearchIndex } from "#generators/search/search-index.ts";
import { columnAnchor } from "#generators/site-data/routes.ts";
import type { Catalog } from "./catalog.ts";

/** A search index with the page each document leads to. */
export interface SearchFile {
  readonly index: SearchIndex;
  /** By position of the document. */
  readonly paths: readonly (string | null)[];
}

/** The same as it is loaded: what follows from the rest is left out, because fifteen thousand columns would repeat it. */
export interface StoredSearch {
  readonly index: Omit<SearchIndex, "documents" | "terms"> & {
    /** Without a title that is the id. */
    readonly documents: readonly (Omit<SearchDocument, "title"> & { readonly title?: string })[];
    /** Tokens, and their postings by `gaps`. */
    readonly terms: readonly (readonly [token: string, postings: string])[];
  };
  /** `FOLLOWS` for a column that is where its relation's page and its name say. */
  readonly paths: readonly (string | typeof FOLLOWS | null)[];
  /** Pages of tables and views by id, for their columns. */
  readonly pages: Readonly<Record<string, string>>;
}

const FOLLOWS = 0;

export function storedSearch(catalog: Catalog, index: SearchIndex): StoredSearch {
  const pages: Record<string, string> = {};
  const paths = index.documents.map((document) => {
    const path = pathOf(catalog, document);
    if (path === null || document.parent === undefined) return path;
    const [page = ""] = path.split("#");
    pages[document.parent] = page;
    return path === columnPath(page, document.id) ? FOLLOWS : path;
  });
  const documents = index.documents.map(({ title, ...rest }) => (title === rest.id ? rest : { ...rest, title }));
  const terms = index.terms.map(([token, postings]) => [token, gaps(postings)] as const);
  return { index: { ...index, documents, terms }, paths, pages };
}

export function readSearch({ index, paths, pages }: StoredSearch): SearchFile {
  const documents = index.documents.map((document) => ({ title: document.id, ...document }));
  const terms = index.terms.map(([token, postings]) => [token, postingsOf(postings)] as const);
  return {
    index: { ...index, documents, terms },
    paths: paths.map((path, at) => {
      if (path !== FOLLOWS) return path;
      const { id, parent } = documents[at] ?? { id: "" };
      return columnPath(pages[parent ?? ""] ?? "", id);
    }),
  };
}

/** By the id: names with a dot in them are rare, and their paths are written out. */
const columnPath = (page: string, id: string): string => `${page}#${columnAnchor(id.slice(id.lastIndexOf(".") + 1))}`;

/** Postings as `distance weight` pairs; positions only grow, so that distances are short. A weight of 1 is left out. */
function gaps(postings: readonly number[]): string {
  const pairs: string[] = [];
  let before = 0;
  for (let at = 0; at < postings.length; at += 2) {
    const [position = 0, weight = 0] = [postings[at], postings[at + 1]];
    pairs.push(weight === 1 ? `${position - before}` : `${position - before}*${weight}`);
    before = position;
  }
  return pairs.join(" ");
}

function postingsOf(text: string): number[] {
  let position = 0;
  return text.split(" ").flatMap((pair) => {
    const [distance, weight = "1"] = pair.split("*");
    position += Number(distance);
    return [position, Number(weight)];
  });
}

function pathOf(catalog: Catalog, document: SearchDocument): string | null {
  if (document.kind !== "column") return catalog.routes.of(document.kind, document.id);
  const parent = catalog.relations.get(document.parent ?? "");
  const column = parent?.columns.find(({ id }) => id === document.id);
  const path = parent ? catalog.routes.of(parent.kind, parent.id) : null;
  return path === null || !column ? null : `${path}#${columnAnchor(column.name)}`;
}
