import type { Finding } from "#schemas/finding.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { SourceRef, SourceSpan } from "#schemas/source.ts";
import { chosenRules, type RuleChoice } from "./choose-rules.ts";
import { fingerprint } from "./fingerprint.ts";
import { defaultLimits, type RuleLimits } from "#schemas/config/rule-limits.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaDraft } from "./rule.ts";

export interface LintChoice extends RuleChoice {
  /** Where they differ from `defaultLimits`. */
  readonly limits?: Partial<RuleLimits>;
  /** What a running database knows of its sizes and of the use of its indexes. */
  readonly statistics?: Statistics;
}

/**
 * What the schema rules say about a model, by rule and object. A finding stands where its object was made; without
 * an origin, as in a live database, its file is the empty text.
 */
export function lintModel(model: SchemaModel, choice: LintChoice = {}): readonly Finding[] {
  const index = indexModel(model);
  const isDefault = (choice.rules ?? "default") === "default";
  const limits = { ...defaultLimits, ...choice.limits };
  return chosenRules(choice, model.dialect).flatMap((rule) => {
    // Nobody changes the style of what is applied; who wants to know asks for the rules.
    if (rule.scope !== "schema" || (isDefault && rule.group === "style")) return [];
    const chosen = choice.severity?.[rule.id];
    return rule.check(index, limits, choice.statistics).map((draft) => ({
      rule: rule.id,
      severity: chosen === undefined || chosen === "off" ? (draft.severity ?? rule.severity) : chosen,
      span: placeOf(draft, index),
      message: draft.message,
      ...(draft.help === undefined ? {} : { help: draft.help }),
      objects: draft.objects,
      evidence: "rule" as const,
      fingerprint: fingerprint(rule.id, draft.objects.join()),
    }));
  });
}

function placeOf({ about }: SchemaDraft, index: ReturnType<typeof indexModel>): SourceSpan {
  const origin = about.origin ?? index.parentOf(about)?.origin;
  const { file, line, column }: SourceRef = origin?.created ?? { file: "", line: 1, column: 1 };
  return { file, line, column, endLine: line, endColumn: column + 1 };
}
