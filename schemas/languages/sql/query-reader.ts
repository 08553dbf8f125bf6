import type { SchemaModel } from "#schemas/model.ts";
import type { FromTable, QueryTree } from "./query-tree.ts";
import type { ParseTree } from "./postgres/parse.ts";

/** How the text of a query becomes a tree in a dialect, and how its names are compared. */
export interface QueryReader {
  /** Reads one statement. `none`: it is no query, such as CREATE TABLE. */
  read(sql: string): QueryOutcome;
  /** Schemas that a name without one is looked up in. */
  searchPath(model: SchemaModel): readonly string[];
  /**
   * Names that stand for nothing or for several things, where the dialect has a resolver that knows its rules; absent
   * where the engine itself is asked.
   */
  nameProblems?(sql: string, model: SchemaModel): readonly NameProblem[];
  /** Whether a table is the database's own, which no model has. */
  readonly isSystemTable: (table: FromTable) => boolean;
  /** Columns that every table has without saying so. */
  readonly systemColumns: ReadonlySet<string>;
  /** A name as it is compared. */
  readonly fold: (name: string) => string;
}

/** A name that a server would refuse. */
export interface NameProblem {
  readonly kind: "unknown table" | "unknown column" | "ambiguous column";
  /** One sentence without a full stop. */
  readonly message: string;
  /** `Did you mean customer_id?` */
  readonly help?: string;
  /** Offset in the text of the query; the whole query when nothing is pointed at. */
  readonly at?: number;
}

export type QueryOutcome =
  | { readonly kind: "query"; readonly tree: QueryTree; readonly syntax?: ParseTree }
  | { readonly kind: "none" }
  /** `at` is the offset in the text, from 0; null when nothing is pointed at. */
  | { readonly kind: "failure"; readonly message: string; readonly at: number | null };
