import type { Change } from "#schemas/change.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { Sizes } from "./sizes.ts";

/** What a rule may know besides the statement it judges. */
export interface Scene {
  /** Before all files under review. */
  readonly base: ModelIndex;
  /** After them. */
  readonly head: ModelIndex;
  readonly changes: readonly Change[];
  readonly sizes: Sizes;
  /** Major version that production runs; the embedded engine's own when nothing is configured. */
  readonly engineMajor: number;
}
