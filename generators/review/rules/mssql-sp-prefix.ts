import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlSpPrefix: Rule = {
  id: "mssql-sp-prefix",
  scope: "statement",
  title: "Procedure named sp_…",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    const statement = mssqlOf(reviewed)?.statement;
    if (statement?.kind !== "routine" || statement.variant !== "procedure" || statement.mode === "alter") return [];
    const { name } = statement.name;
    if (!name.toLowerCase().startsWith("sp_")) return [];
    return [
      {
        message: `The procedure ${name} begins with sp_: SQL Server looks for such a procedure in master first`,
        help: "Another name",
        objects: [],
      },
    ];
  },
};
