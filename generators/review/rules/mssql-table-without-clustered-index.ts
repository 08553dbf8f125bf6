import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const mssqlTableWithoutClusteredIndex: Rule = {
  id: "mssql-table-without-clustered-index",
  scope: "schema",
  title: "Table without a clustered index",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return ownTables(model).flatMap((table) => {
      const isMemory = table.options?.["memory_optimized"]?.toUpperCase() === "ON";
      const keys = table.constraints.flatMap((one) =>
        one.kind === "primary key" || one.kind === "unique" ? [one] : [],
      );
      if (isMemory || [...table.indexes, ...keys].some(({ clustered }) => clustered === true)) return [];
      return [
        {
          message: `${table.id} is a heap: rows that grow move and leave forwarding pointers, and deleted ones leave their pages behind`,
          help: "A clustered primary key",
          objects: [table.id],
          about: table,
        },
      ];
    });
  },
};
