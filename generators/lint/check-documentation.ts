import type { LintConfig } from "#schemas/config/lint.ts";
import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { Finding } from "#schemas/finding.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { chaptersOf } from "../domains/chapter.ts";
import { documentedModel } from "../documented/documented-model.ts";
import { labelsOf } from "../documented/labels.ts";
import { fingerprint } from "../review/fingerprint.ts";
import type { CheckContext, Remark } from "./check-context.ts";
import { findingPlace } from "./finding-place.ts";
import { commentChecks } from "./comment-checks.ts";
import { relationChecks } from "./relation-checks.ts";
import { tableChecks } from "./table-checks.ts";

/**
 * What the checks of documentation that the configuration names say: tbls' thirteen, by their names. A person asked for
 * each of them, so what they find is an error.
 */
export function checkDocumentation(
  exact: SchemaModel,
  database: DatabaseConfig,
  config: LintConfig,
): readonly Finding[] {
  const model = documentedModel(exact, database).value;
  const index = indexModel(model);
  const context: CheckContext = {
    index,
    config,
    descriptions: database.descriptions,
    labels: labelsOf(model, database.labels),
    viewpoints: chaptersOf(index, { database, queries: [], isGrouped: false }).viewpoints,
  };
  const remarks = [...commentChecks(context), ...tableChecks(context), ...relationChecks(context)];
  return remarks.map(({ check, about, message, help }): Finding => {
    return {
      rule: ruleId(check),
      severity: "error",
      span: findingPlace(about, index),
      message,
      ...(help !== undefined && { help }),
      objects: [about.id],
      evidence: "rule",
      fingerprint: fingerprint(ruleId(check), `${about.kind} ${about.id} ${message}`),
    };
  });
}

/** `requireTableComment` is `require-table-comment`. */
const ruleId = (check: Remark["check"]): string => check.replace(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);
