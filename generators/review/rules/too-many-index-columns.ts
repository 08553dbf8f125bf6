import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const tooManyIndexColumns: Rule = {
  id: "too-many-index-columns",
  scope: "schema",
  title: "Index of many columns",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }, { columnsPerIndex }) {
    return ownTables(model).flatMap((table) =>
      table.indexes
        .filter(({ keys }) => keys.length > columnsPerIndex)
        .map((index) => ({
          message: `${index.id} has ${index.keys.length} key columns: every change of one writes it, and the last ones hardly narrow anything`,
          help: `At most ${columnsPerIndex}, or INCLUDE for what is only read`,
          objects: [index.id, table.id],
          about: index,
        })),
    );
  },
};
