import { planNodes, type PlanNode, type QueryPlan } from "../queries/query-plan.ts";
import type { FoundQuery } from "./query.ts";
import type { ReviewedStatement } from "./statement.ts";

/** What a statement of a migration does to a query that was there before. */
export type QueryChange = { readonly query: FoundQuery; readonly statement: ReviewedStatement } & (
  | QueryBreak
  | { readonly kind: "result"; readonly before: readonly string[]; readonly after: readonly string[] }
  | { readonly kind: "plan"; readonly before: QueryPlan; readonly after: QueryPlan }
);

/** It could be prepared before and cannot be any more. */
export interface QueryBreak {
  readonly kind: "broken";
  /** In PostgreSQL's words. */
  readonly message: string;
  /** PostgreSQL's own advice. */
  readonly hint?: string;
  /** Line of the query's file that PostgreSQL points at. */
  readonly line?: number;
}

/** A query costs this much more before its plan is said to be worse: what is less is the planner's noise. */
const WORSE = 1.5;
/** What costs less than this after the migration too is not worth a word, in the planner's units. */
const LEAST_COST = 1000;

/**
 * Whether a plan got worse so far that its users notice. One of the same shape is not: estimates move with the schema
 * where statistics do not say enough.
 */
export const isWorse = (before: QueryPlan, after: QueryPlan): boolean =>
  after.root.totalCost > LEAST_COST &&
  after.root.totalCost > before.root.totalCost * WORSE &&
  planShape(before.root) !== planShape(after.root);

/** The nodes of a plan without names that a migration may change. */
const planShape = (root: PlanNode): string =>
  planNodes(root)
    .map(({ type }) => type)
    .join();
