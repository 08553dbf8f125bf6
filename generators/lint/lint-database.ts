import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import type { Finding } from "#schemas/finding.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { documentedModel } from "../documented/documented-model.ts";
import { labelsOf } from "../documented/labels.ts";
import { shownModel } from "../documented/shown-model.ts";
import { exceptions } from "../review/exceptions.ts";
import { lintModel } from "../review/lint-model.ts";
import { findAnomalies } from "./anomalies/anomalies.ts";
import { checkDocumentation } from "./check-documentation.ts";
import { isIgnoredAt, type IgnoredPlace } from "./ignored-places.ts";

export interface LintKnowledge {
  readonly statistics?: Statistics;
  /** Where comments of the files silence rules. */
  readonly ignored?: readonly IgnoredPlace[];
}

/**
 * What `lint` and the site say about a schema: the schema rules of the review, what is seldom meant, and the checks of
 * documentation; without what `review.ignore` or a comment at the statement silences.
 */
export function lintDatabase(
  model: SchemaModel,
  database: DatabaseConfig,
  config: Config,
  known: LintKnowledge = {},
): readonly Finding[] {
  const { lint, review } = config;
  const { ignored = [], statistics } = known;
  const left = { include: database.include, ignore: [...database.ignore, ...lint.exclude] };
  const sizes = statistics ? { statistics } : {};
  const { severity, limits } = review;
  const found = lintModel(shownModel(model, left), { rules: lint.rules, severity, limits, ...sizes });
  const documented = documentedModel(model, {
    ...left,
    relations: database.relations,
    detectRelations: database.detectRelations,
  }).value;
  const scene = { index: indexModel(documented), labels: labelsOf(documented, database.labels), ...sizes };
  const odd = findAnomalies(scene, { wanted: lint.anomalies, severity });
  const isExcepted = exceptions(review.ignore, new Set());
  return [...found, ...odd, ...checkDocumentation(model, database, lint)].filter(
    (finding) => !isExcepted(finding) && !isIgnoredAt(ignored, finding),
  );
}
