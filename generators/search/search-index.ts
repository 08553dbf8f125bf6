export const SEARCH_INDEX_VERSION = 1;

/** What can be found. Order is the order of ties in a list. */
export const searchKinds = ["table", "view", "query", "enum", "function", "column"] as const;
export type SearchKind = (typeof searchKinds)[number];

/** One thing that can be found, with what a result shows. */
export interface SearchDocument {
  readonly kind: SearchKind;
  /** ObjectId, or the id of a saved query. */
  readonly id: string;
  readonly title: string;
  /** One line of meaning; plain text. */
  readonly snippet: string;
  /** The table or view of a column. */
  readonly parent?: string;
}

/** The index as it is kept in a file: plain data, sorted, the same bytes for the same input. */
export interface SearchIndex {
  readonly version: typeof SEARCH_INDEX_VERSION;
  /** Sorted by kind and id; postings name a document by its position here. */
  readonly documents: readonly SearchDocument[];
  /** Weighted number of tokens of each document. */
  readonly lengths: readonly number[];
  /** Sorted by token. A posting list is flat: document, weighted count, document, weighted count … */
  readonly terms: readonly (readonly [token: string, postings: readonly number[]])[];
  /** Tables next to a table over a foreign key in either direction, by position; a table without any is absent. */
  readonly neighbours: readonly (readonly [document: number, next: readonly number[]])[];
  /** Positions of tables that only say how others belong together: all their columns are keys. */
  readonly bridges: readonly number[];
}

/** What a document is called, without its schema or table: `order_lines` of `sales.order_lines`. */
export function nameOf({ kind, title }: SearchDocument): string {
  if (kind === "query") return title;
  return title.replace(/\(.*$/, "").split(".").at(-1) ?? title;
}
