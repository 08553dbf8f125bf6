import { definedColumns, subject } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlTypeWithoutScale: Rule = {
  id: "mssql-type-without-scale",
  scope: "statement",
  title: "Type without its digits",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) => {
      const written = type?.name.schema === undefined ? type?.name.name.toLowerCase() : undefined;
      if (type === undefined || written === undefined || !(BARE.has(written) && type.arguments.length === 0)) return [];
      return [
        {
          message: `${subject(reviewed)}.${name} is ${written} without its digits: ${BARE.get(written) ?? ""} is what SQL Server takes`,
          help: "Say the digits",
          objects: [],
        },
      ];
    });
  },
};

const BARE: ReadonlyMap<string, string> = new Map([
  ["decimal", "(18, 0)"],
  ["numeric", "(18, 0)"],
  ["dec", "(18, 0)"],
  ["time", "(7)"],
  ["datetime2", "(7)"],
  ["datetimeoffset", "(7)"],
]);
