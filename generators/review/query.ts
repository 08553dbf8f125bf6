import type { NameProblem } from "#schemas/languages/sql/query-reader.ts";
import type { QueryTree } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import type { ParseTree } from "#schemas/languages/sql/postgres/parse.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { RuleLimits } from "#schemas/config/rule-limits.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import type { SourceRef } from "#schemas/source.ts";
import type { IndexAdvice } from "../queries/advise-indexes.ts";
import type { QueryPlan } from "../queries/query-plan.ts";
import type { Sizes } from "./sizes.ts";

/** Where a query was found. */
export type QuerySource =
  /** One that production runs, from an imported workload. */
  | { readonly kind: "workload"; readonly id: string }
  /** A file of its own under `queries`, the users' saved query. */
  | { readonly kind: "saved"; readonly id: string; readonly title: string }
  /** One of several in a `.sql` file; `name` is what a `-- name:` comment calls it. */
  | { readonly kind: "file"; readonly name?: string }
  /** A string in application code. */
  | {
      readonly kind: "code";
      readonly language: string;
      /** What it is handed to, such as `pool.query`. */
      readonly caller: string;
      /** Values are put into the text with `+`, `${}` or `%` instead of being sent beside it. */
      readonly interpolated: boolean;
      /** It stands in a loop, or in a function that is called for each element of a list. */
      readonly inLoop: boolean;
    };

/** How often and how long a query ran, by an imported workload. */
export interface QueryWorkload {
  readonly calls: number;
  readonly meanMs: number;
  readonly totalMs: number;
}

/** A query that is in the repository, before anything is known about it but its text. */
export interface FoundQuery {
  readonly source: QuerySource;
  readonly origin: SourceRef;
  /** What the database would be sent, with its own placeholders (`$1` in PostgreSQL). */
  readonly sql: string;
  /** The text in the file, when placeholders or quotes had to be changed; offsets in `sql` then say the line only. */
  readonly written?: string;
  /** What an imported workload says of it. */
  readonly workload?: QueryWorkload;
  /** Comments in the file right above it, on its line and in its text. */
  readonly comments?: readonly QueryComment[];
}

/** A comment without its signs; lines from 1. */
export interface QueryComment {
  readonly text: string;
  readonly line: number;
}

/** One query under review: what it says, what its names stand for, and how the engine would answer it. */
export interface ReviewedQuery extends FoundQuery {
  /** What rules of any dialect look at. */
  readonly tree: QueryTree;
  readonly resolved: ResolvedQuery;
  /** PostgreSQL's own tree, for what the common one has no form for. */
  readonly syntax?: ParseTree;
  /** Names in it that the database would refuse: by the engine where one was asked, else by the resolver. */
  readonly nameProblems: readonly NameProblem[];
  /** What the engine said when it refused to prepare it. */
  readonly failure?: EngineFault;
  /** How the engine would run it; absent when no engine has been asked. */
  readonly plan?: QueryPlan;
  /** How it ran on the engine's own rows; absent when it was not run. */
  readonly run?: QueryPlan;
  /** Indexes that were made, planned with and rolled back; absent when that was not tried. */
  readonly advice?: readonly IndexAdvice[];
}

/** What a rule over queries may know besides the query. */
export interface QueryScene {
  readonly index: ModelIndex;
  readonly sizes: Sizes;
  readonly engineMajor: number;
  readonly limits: RuleLimits;
  /** Every query under review: a rule may look for the same one elsewhere. */
  readonly queries: readonly FoundQuery[];
}
