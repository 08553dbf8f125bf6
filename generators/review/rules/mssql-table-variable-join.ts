import { queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlTableVariableJoin: Rule = {
  id: "mssql-table-variable-join",
  scope: "statement",
  title: "Join with a table variable",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const found = new Set<string>();
    const statement = mssqlOf(reviewed)?.statement;
    // A table-valued parameter is given by the caller: it cannot be a temporary table.
    const given = statement?.kind === "routine" ? statement.arguments.map(({ name }) => name.toLowerCase()) : [];
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        table(table) {
          if (table.kind !== "join") return;
          for (const side of [table.left, table.right])
            if (side.kind === "variable" && !given.includes(side.name.toLowerCase())) found.add(side.name);
        },
      });
    }
    return [...found].map((what) => ({
      message: `${subject(reviewed)} joins the table variable ${what}, of which the optimizer knows one row`,
      help: "A temporary table",
      objects: [],
    }));
  },
};
