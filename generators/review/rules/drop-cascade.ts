import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropCascade: Rule = {
  id: "drop-cascade",
  scope: "statement",
  title: "DROP … CASCADE",
  group: "compatibility",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check(statement) {
    return actsOf(statement.acts, "drop cascade").map(({ what, names }) => ({
      message: `DROP ${what.toUpperCase()} ${names.join(", ")} CASCADE also drops whatever depends on it, unnamed`,
      help: "Drop each dependent by its name, so that the review and the reader see it",
      objects: names,
      evidence: "rule" as const,
    }));
  },
};
