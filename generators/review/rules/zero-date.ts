import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const zeroDate: Rule = {
  id: "zero-date",
  scope: "statement",
  title: "Zero date as a default",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, default: value }) =>
      value !== undefined && value.trim().startsWith("'0000-00-00")
        ? [
            {
              message: `${subject(reviewed)}.${name} is ${value.trim()} by default: no date, and the strict mode of other servers refuses it`,
              help: "NULL, or CURRENT_TIMESTAMP",
              objects: [],
            },
          ]
        : [],
    );
  },
};
