import type { SchemaModel } from "#schemas/model.ts";
import type { QueryTree } from "./query-tree.ts";
import type { ParseTree } from "./postgres/parse.ts";

/** How the text of a query becomes a tree in a dialect, and how its names are compared. */
export interface QueryReader {
  /** Reads one statement. `none`: it is no query, such as CREATE TABLE. */
  read(sql: string): QueryOutcome;
  /** Schemas that a name without one is looked up in. */
  searchPath(model: SchemaModel): readonly string[];
  /** A name as it is compared. */
  readonly fold: (name: string) => string;
}

export type QueryOutcome =
  | { readonly kind: "query"; readonly tree: QueryTree; readonly syntax?: ParseTree }
  | { readonly kind: "none" }
  /** `at` is the offset in the text, from 0; null when nothing is pointed at. */
  | { readonly kind: "failure"; readonly message: string; readonly at: number | null };
