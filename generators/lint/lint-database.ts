import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import type { Finding } from "#schemas/finding.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { shownModel } from "../documented/shown-model.ts";
import { lintModel } from "../review/lint-model.ts";
import { checkDocumentation } from "./check-documentation.ts";

/** What `lint` and the site say about a schema: the schema rules of the review, and the checks of documentation. */
export function lintDatabase(
  model: SchemaModel,
  database: DatabaseConfig,
  config: Config,
  known: { readonly statistics?: Statistics } = {},
): readonly Finding[] {
  const { lint, review } = config;
  const shown = shownModel(model, { include: database.include, ignore: [...database.ignore, ...lint.exclude] });
  const found = lintModel(shown, { rules: lint.rules, severity: review.severity, limits: review.limits, ...known });
  return [...found, ...checkDocumentation(model, database, lint)];
}
