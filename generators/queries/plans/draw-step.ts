import { objectId, type ObjectId } from "#schemas/object-id.ts";
import type { PlanNode } from "../plan.ts";
import type { RelationRows } from "../plan-warnings.ts";

/** A plan of another server in PostgreSQL's words, and how many rows each table that is read as a whole has. */
export interface ReadPlan {
  readonly tree: PlanNode;
  readonly tableRows: RelationRows;
}

/** Names of a query's tables by what the query calls them; one that stands for two tables is left out. */
export type TableNames = ReadonlyMap<string, readonly string[]>;

/** A step with the cost of all below it; `own` is its own alone. */
export function drawStep({
  own,
  children,
  ...step
}: Omit<PlanNode, "startupCost" | "cost" | "conditions"> & {
  readonly own: number;
  readonly conditions?: readonly string[];
}): PlanNode {
  const below = children.reduce((sum, { cost }) => sum + cost, 0);
  const startupCost = children[0]?.startupCost ?? 0;
  return { conditions: [], ...step, startupCost, cost: below + own, children };
}

/** Which relation a table of a plan is. */
export const relationOf = (name: readonly string[]): ObjectId => objectId(...name.slice(-2));
