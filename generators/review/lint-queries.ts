import type { Finding } from "#schemas/finding.ts";
import { defaultLimits } from "#schemas/config/rule-limits.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { chosenRules } from "./choose-rules.ts";
import { judgeQueries } from "./judge-queries.ts";
import type { LintChoice } from "./lint-model.ts";
import type { QueryScene, ReviewedQuery } from "./query.ts";
import { createSizes, LARGE_TABLE_ROWS } from "./sizes.ts";

interface LintQueriesInput {
  readonly model: SchemaModel;
  readonly queries: readonly ReviewedQuery[];
  readonly statistics?: Statistics;
  /** Major version that production runs; the model's own engine when absent. */
  readonly engineVersion?: string;
  /** Rows from which a table is large. */
  readonly largeTableRows?: number;
}

/** What the query rules say about the queries of a repository on the schema as it is. */
export function lintQueries(input: LintQueriesInput, choice: LintChoice = {}): readonly Finding[] {
  const { model, queries, statistics } = input;
  const scene: QueryScene = {
    index: indexModel(model),
    sizes: createSizes(statistics, input.largeTableRows ?? LARGE_TABLE_ROWS),
    engineMajor: Number.parseInt(input.engineVersion ?? model.engine.version, 10),
    limits: { ...defaultLimits, ...choice.limits },
    queries,
  };
  const rules = chosenRules(choice, model.dialect);
  return judgeQueries({ queries, rules, scene, severity: choice.severity ?? {} });
}
