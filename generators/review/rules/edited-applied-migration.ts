import type { Rule } from "../rule.ts";

export const editedAppliedMigration: Rule = {
  id: "edited-applied-migration",
  scope: "statement",
  title: "Changed migration that was applied before",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  isOncePerFile: true,
  check({ file }) {
    if (file.history?.kind !== "edited") return [];
    return [
      {
        message: `${file.path} was there before with another text: where it has run it will not run again`,
        help: "Leave it as it was, and change the schema in a new migration",
        objects: [],
        evidence: "rule",
      },
    ];
  },
};
