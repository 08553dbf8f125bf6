import type { Rule } from "../rule.ts";

export const noForeignKeys: Rule = {
  id: "no-foreign-keys",
  scope: "schema",
  title: "Foreign key where none are wanted",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ references }) {
    return references
      .filter(({ foreignKey }) => foreignKey.inherited !== true)
      .map(({ foreignKey, from }) => ({
        message: `${foreignKey.id} is a foreign key to ${foreignKey.references.table}, and this project wants none`,
        help: "Leave the check to the application",
        objects: [foreignKey.id, from.id],
        about: foreignKey,
      }));
  },
};
