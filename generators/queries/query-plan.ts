import type { ObjectId } from "#schemas/object-id.ts";

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` has it. */
export interface PlanNode {
  /** PostgreSQL's own name, such as `Seq Scan`. */
  readonly type: string;
  /** The table that is read or written. */
  readonly relation?: ObjectId;
  readonly alias?: string;
  /** Name of the index without its schema. */
  readonly index?: string;
  readonly startupCost: number;
  readonly totalCost: number;
  readonly rows: number;
  /** Bytes of one row. */
  readonly width: number;
  /** Conditions by their name in EXPLAIN: `Filter`, `Index Cond`, `Hash Cond`, `Join Filter` … */
  readonly conditions: Readonly<Record<string, string>>;
  readonly sortKey?: readonly string[];
  /** What EXPLAIN says of the node besides, such as `Subplan Name`, and what ANALYZE measured. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly children: readonly PlanNode[];
}

/** How the engine would run a query. Costs are the planner's units. */
export interface QueryPlan {
  readonly root: PlanNode;
  /** The sizes behind it: production's statistics, or those of an empty database, which say little. */
  readonly sizes: PlanSizes;
  /** Milliseconds, when the query was run (`EXPLAIN ANALYZE`). */
  readonly timing?: { readonly planningMs: number; readonly executionMs: number };
  /** As EXPLAIN has them, when the query was run. */
  readonly triggers?: readonly { readonly name: string; readonly ms: number }[];
  readonly jitMs?: number;
}

/**
 * `statistics`: production's row counts, pages, columns and index heights · `presumed`: a million rows a table, because
 * nothing is known · `density`: either of them on one page, where the engine's memory cannot be used: the cost of reading
 * is too small and a shape may differ · `none`: the engine's own sizes.
 */
export type PlanSizes = "statistics" | "presumed" | "density" | "none";

/** Every node of a plan, parents first. */
export function planNodes(root: PlanNode): readonly PlanNode[] {
  return [root, ...root.children.flatMap(planNodes)];
}
