import { definedColumns, subject } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlRealOrFloat: Rule = {
  id: "mssql-real-or-float",
  scope: "statement",
  title: "Binary floating point",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) => {
      const written = type?.name.schema === undefined ? type?.name.name.toLowerCase() : undefined;
      if (type === undefined || written === undefined || !(written === "real" || written === "float")) return [];
      return [
        {
          message: `${subject(reviewed)}.${name} is ${written}, which rounds what is not a sum of powers of two`,
          help: "decimal with the digits that are needed",
          objects: [],
        },
      ];
    });
  },
};
