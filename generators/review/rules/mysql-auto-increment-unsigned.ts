import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlAutoIncrementUnsigned: Rule = {
  id: "mysql-auto-increment-unsigned",
  scope: "statement",
  title: "AUTO_INCREMENT that wastes half of its numbers",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type, autoIncrement }) =>
      autoIncrement === true && !type.unsigned && type.name !== "serial"
        ? [
            {
              message: `${subject(reviewed)}.${name} counts in a signed ${type.name}: its negative half is never used`,
              help: "UNSIGNED, in every foreign key that points at it too",
              objects: [],
            },
          ]
        : [],
    );
  },
};
