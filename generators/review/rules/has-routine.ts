import { mysqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const hasRoutine: Rule = {
  id: "has-routine",
  scope: "statement",
  title: "Stored procedure or function",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const statement = mysqlOf(reviewed)?.statement;
    if (statement?.kind !== "create routine") return [];
    const { variant, name } = statement;
    return [
      {
        message: `Creates the ${variant} ${name.name}: code that lives in the database`,
        help: "Keep the code in the application",
        objects: [],
      },
    ];
  },
};
