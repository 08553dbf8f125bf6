import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const enumValueWithoutPosition: Rule = {
  id: "enum-value-without-position",
  scope: "statement",
  title: "Enum value added at the end",
  group: "migration",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "add enum value")
      .filter(({ type, isPlaced }) => !type.isNew && !isPlaced)
      .map(({ type, value }) => ({
        message: `ADD VALUE '${value}' puts it behind all others of ${type.id}: ORDER BY and comparisons follow that order`,
        help: `Say where it belongs, with BEFORE or AFTER another value`,
        objects: [type.id],
        evidence: "rule" as const,
      }));
  },
};
