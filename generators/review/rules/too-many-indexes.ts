import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const tooManyIndexes: Rule = {
  id: "too-many-indexes",
  scope: "schema",
  title: "Table with many indexes",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }, { indexesPerTable }) {
    return ownTables(model)
      .filter(({ indexes }) => indexes.length > indexesPerTable)
      .map((table) => ({
        message: `${table.id} has ${table.indexes.length} indexes: each INSERT writes them all, and so does each UPDATE of an indexed column`,
        help: "Drop those that nothing reads",
        objects: [table.id],
        about: table,
      }));
  },
};
