import type { Severity } from "#schemas/finding.ts";
import type { Dialect } from "#schemas/model.ts";
import type { Rule } from "./rule.ts";
import { rules as allRules } from "./rules/registry.ts";

/** Which rules run and how strict they are. */
export interface RuleChoice {
  /** `default`, `all`, or ids. Default `default`. */
  readonly rules?: "default" | "all" | readonly string[];
  /** Severity by rule, in place of the rule's own; `off` silences it. */
  readonly severity?: Readonly<Record<string, Severity | "off">>;
}

/** The rules that a choice asks for, of one dialect. */
export function chosenRules({ rules = "default", severity = {} }: RuleChoice, dialect: Dialect): readonly Rule[] {
  return allRules.filter((rule) => {
    if (!rule.dialects.includes(dialect) || severity[rule.id] === "off") return false;
    if (rules === "all") return true;
    return rules === "default" ? rule.default === "on" : rules.includes(rule.id);
  });
}
