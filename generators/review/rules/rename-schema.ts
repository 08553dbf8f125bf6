import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const renameSchema: Rule = {
  id: "rename-schema",
  scope: "statement",
  title: "Schema renamed",
  group: "compatibility",
  dialects: ["postgres"],
  severity: "error",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "rename schema")
      .filter(({ schema }) => !schema.isNew)
      .map(({ schema, to }) => ({
        message: `Renames the schema ${schema.id} to ${to}: the running version of the code still uses the old name`,
        help: "Leave views with the old names in a schema of the old name until no code uses them",
        objects: [schema.id],
        evidence: "rule" as const,
      }));
  },
};
