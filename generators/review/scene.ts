import type { Change } from "#schemas/change.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { RuleLimits } from "#schemas/config/rule-limits.ts";
import type { Sizes } from "./sizes.ts";
import type { ReviewedStatement } from "./statement.ts";

/** What a rule may know besides the statement it judges. */
export interface Scene {
  /** Before all files under review. */
  readonly base: ModelIndex;
  /** After them. */
  readonly head: ModelIndex;
  readonly changes: readonly Change[];
  readonly sizes: Sizes;
  /** A table with all its partitions and heirs: what is done to it is done to their storage. */
  family(table: ObjectId): readonly ObjectId[];
  /** Major version that production runs; the embedded engine's own when nothing is configured. */
  readonly engineMajor: number;
  readonly limits: RuleLimits;
  /** Some of the files under review say how they are undone. */
  readonly hasDownParts: boolean;
  /** The statements of a file under review, without those that failed. */
  statementsOf(path: string): readonly ReviewedStatement[];
}

/** A table of the base model with everything that partitions it or inherits from it. */
export function familyOf(base: ModelIndex, table: ObjectId): readonly ObjectId[] {
  const found = new Set<ObjectId>([table]);
  for (const id of found) {
    for (const child of [...base.partitionsOf(id), ...base.heirsOf(id)]) found.add(child.id);
  }
  return [...found];
}
