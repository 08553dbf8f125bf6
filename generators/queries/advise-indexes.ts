import type { ObjectId } from "#schemas/object-id.ts";
import type { PlanNode } from "./query-plan.ts";

/** An index that was made, planned with and rolled back, because it makes a query cheaper. */
export interface IndexAdvice {
  readonly table: ObjectId;
  /** As one would write it in a migration. */
  readonly sql: string;
  /** Key columns and expressions, as the index has them. */
  readonly keys: readonly string[];
  readonly include: readonly string[];
  readonly predicate?: string;
  /** The planner's units, of the whole query. */
  readonly costBefore: number;
  readonly costAfter: number;
  readonly planAfter: PlanNode;
  /** Estimated size in bytes, from production's statistics; absent when sizes are unknown. */
  readonly bytes?: number;
  /** What every INSERT, and every UPDATE of one of its columns, does more: the entries of this index. */
  readonly writes: string;
  /** Indexes of the table that this one makes needless, because it begins with their keys. */
  readonly redundant: readonly ObjectId[];
}
