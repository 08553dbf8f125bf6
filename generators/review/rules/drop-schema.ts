import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const dropSchema: Rule = {
  id: "drop-schema",
  scope: "statement",
  title: "Schema dropped",
  group: "compatibility",
  dialects: ["postgres", "mssql"],
  severity: "error",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "drop schema")
      .filter(({ schema }) => !schema.isNew)
      .map(({ schema }) => ({
        message: `Drops the schema ${schema.id}: code that still names anything in it fails`,
        help: "Stop using it, deploy, then drop it in a later migration",
        objects: [schema.id],
        evidence: "rule" as const,
      }));
  },
};
