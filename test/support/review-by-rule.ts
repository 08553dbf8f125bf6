import { reviewByRule } from "#generators/review/by-rule/review-by-rule.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { Review, ReviewSettings } from "#generators/review/review.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import type { Dialect } from "#schemas/model.ts";
import type { MigrationFile } from "#schemas/source.ts";

export interface ByRuleCase {
  readonly dialect: Dialect;
  /** SQL of the history before the files under review. */
  readonly history?: string;
  readonly files: readonly MigrationFile[];
  readonly settings?: ReviewSettings;
  readonly queries?: readonly SavedQuery[];
}

/** Reviews migrations of a dialect that no embedded engine runs. */
export function reviewedByRule({ dialect, history = "", files, settings = {}, queries = [] }: ByRuleCase): Review {
  const { readSteps } = readerOf(dialect);
  if (!readSteps) throw new Error(`${dialect} is not read by rule`);
  const { engineVersion } = settings;
  const setup = migration("0001", history);
  const steps = readSteps([setup], files, engineVersion === undefined ? {} : { engineVersion });
  return reviewByRule({ steps, settings, queries });
}

export const migration = (version: string, text: string): MigrationFile => ({
  path: `migrations/${version}.sql`,
  text,
  version,
  transaction: "none",
});
