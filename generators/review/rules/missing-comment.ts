import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const missingComment: Rule = {
  id: "missing-comment",
  scope: "schema",
  title: "Table or column without a comment",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const columns = table.columns.filter(({ comment }) => comment === undefined).map(({ name }) => name);
      if (table.comment !== undefined && columns.length === 0) return [];
      const what = table.comment === undefined ? `${table.id} has no comment` : `${table.id} has a comment`;
      const rest =
        columns.length === 0 ? "" : `, and ${columns.join(", ")} ${columns.length === 1 ? "has" : "have"} none`;
      return [
        {
          message: what + rest,
          help: "COMMENT ON, or a description in the configuration",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
