import type { DataType } from "../../../model.ts";
import type { ObjectId } from "../../../object-id.ts";
import type { Span } from "./ast.ts";

/** A column of a query's result. */
export interface ResultColumn {
  /** As the server names it; empty where SQL Server gives no name. */
  readonly name: string;
  /** Absent where it does not follow from the model. */
  readonly type?: DataType;
  readonly nullable?: boolean;
  /** The column of the model that it is, unchanged. */
  readonly column?: ObjectId;
}

export type QueryProblemKind =
  | "syntax"
  | "unknown table"
  | "unknown column"
  | "unknown function"
  | "unknown window"
  | "ambiguous"
  | "duplicate"
  | "column count"
  | "missing name"
  | "read-only";

/** Why the server would refuse the query. */
export interface QueryProblem {
  readonly kind: QueryProblemKind;
  /** One sentence without a full stop. */
  readonly message: string;
  /** `Did you mean customer_id?` */
  readonly help?: string;
  /** Offsets in the text of the query. */
  readonly span: Span;
}

export interface ResolvedQuery {
  /** Tables and views that it reads or writes, sorted. */
  readonly tables: readonly ObjectId[];
  /** Columns of the result; empty for statements that give none. */
  readonly columns: readonly ResultColumn[];
  /** Each mention of a column of the model. */
  readonly references: readonly { readonly span: Span; readonly column: ObjectId }[];
  readonly problems: readonly QueryProblem[];
  /** False when it reads what the model cannot know: another database, a temporary table, the catalog. */
  readonly isComplete: boolean;
  readonly readOnly: {
    readonly isReadOnly: boolean;
    /** What in it changes something, locks rows or reaches outside. */
    readonly reasons: readonly string[];
  };
}
