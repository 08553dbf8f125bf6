import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const renameEnumValue: Rule = {
  id: "rename-enum-value",
  scope: "statement",
  title: "Enum value renamed",
  group: "migration",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "rename enum value")
      .filter(({ type }) => !type.isNew)
      .map(({ type, from, to }) => ({
        message: `Renames '${from}' of ${type.id} to '${to}': the running version of the code still writes and compares '${from}', which then fails`,
        help: "Add the new value, move rows and code over, and leave the old one",
        objects: [type.id],
        evidence: "rule" as const,
      }));
  },
};
