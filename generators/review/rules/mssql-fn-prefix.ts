import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlFnPrefix: Rule = {
  id: "mssql-fn-prefix",
  scope: "statement",
  title: "Function named fn_…",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    const statement = mssqlOf(reviewed)?.statement;
    if (statement?.kind !== "routine" || statement.variant !== "function" || statement.mode === "alter") return [];
    const { name } = statement.name;
    if (!name.toLowerCase().startsWith("fn_")) return [];
    return [
      {
        message: `The function ${name} begins with fn_: SQL Server names its own functions that way`,
        help: "Another name",
        objects: [],
      },
    ];
  },
};
