import { ownTables, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const mssqlTableWithoutUniqueKey: Rule = {
  id: "mssql-table-without-unique-key",
  scope: "schema",
  title: "Table that only a made-up key tells apart",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const key = primaryKeyOf(table);
      const columns = table.columns.filter(({ name }) => key?.columns.includes(name));
      const isMadeUp =
        columns.length === 1 && columns.every(({ identity, type }) => identity !== undefined || type.family === "uuid");
      const isUnique = table.indexes.some(({ unique, primary }) => unique && !primary);
      if (!isMadeUp || isUnique || table.constraints.some(({ kind }) => kind === "unique")) return [];
      return [
        {
          message: `Nothing but the made-up key ${columns.map(({ name }) => name).join()} of ${table.id} is unique: the same thing can be in it twice`,
          help: "UNIQUE over what tells one thing from another",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
