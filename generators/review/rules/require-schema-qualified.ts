import type { Rule } from "../rule.ts";

export const requireSchemaQualified: Rule = {
  id: "require-schema-qualified",
  scope: "statement",
  title: "Name without its schema",
  group: "style",
  dialects: ["postgres", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ syntax: { unqualified } }) {
    if (unqualified.length === 0) return [];
    return [
      {
        message: `${unqualified.join(", ")} ${unqualified.length === 1 ? "has" : "have"} no schema: which one is meant depends on the search_path of the session`,
        help: "Write schema.name",
        objects: [],
        evidence: "rule",
      },
    ];
  },
};
