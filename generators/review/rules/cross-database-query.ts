import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Rule } from "../rule.ts";

export const crossDatabaseQuery: Rule = {
  id: "cross-database-query",
  scope: "statement",
  title: "Query over another database",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const found = new Set<string>();
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        table(table) {
          if (table.kind !== "table" || table.name.length < 3) return;
          const database = table.name.at(-3) ?? "";
          if (database !== "" && database.toLowerCase() !== "tempdb") found.add(database);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} reads the database ${what}: it must be on the same server, and restored and moved together`,
      help: "A synonym, or a copy in this database",
      objects: [],
    }));
  },
};
