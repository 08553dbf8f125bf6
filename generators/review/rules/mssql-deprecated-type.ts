import { definedColumns, subject } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlDeprecatedType: Rule = {
  id: "mssql-deprecated-type",
  scope: "statement",
  title: "Deprecated type",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) => {
      const written = type?.name.schema === undefined ? type?.name.name.toLowerCase() : undefined;
      if (type === undefined || written === undefined || !(written in DEPRECATED)) return [];
      return [
        {
          message: `${subject(reviewed)}.${name} is of the deprecated type ${written}`,
          help: DEPRECATED[written] ?? "",
          objects: [],
        },
      ];
    });
  },
};

const DEPRECATED: Readonly<Record<string, string>> = {
  text: "varchar(max)",
  ntext: "nvarchar(max)",
  image: "varbinary(max)",
  timestamp: "rowversion",
};
