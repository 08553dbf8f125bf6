import type { Rule } from "../rule.ts";

export const noDownMigration: Rule = {
  id: "no-down-migration",
  scope: "statement",
  title: "Migration without a way down",
  group: "compatibility",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ file, statement: { index } }, scene) {
    if (index > 0 || file.down !== undefined || !scene.hasDownParts) return [];
    return [
      {
        message: `${file.path} has no down part, though the migrations beside it have one`,
        help: "Write the statements that undo it",
        objects: [],
        evidence: "rule" as const,
      },
    ];
  },
};
