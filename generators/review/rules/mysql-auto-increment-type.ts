import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlAutoIncrementType: Rule = {
  id: "mysql-auto-increment-type",
  scope: "statement",
  title: "AUTO_INCREMENT that is no whole number",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type, autoIncrement }) =>
      autoIncrement === true && !WHOLE.has(type.name)
        ? [
            {
              message: `${subject(reviewed)}.${name} counts in a ${type.name}: from some number on the next one is the same`,
              help: "BIGINT UNSIGNED",
              objects: [],
            },
          ]
        : [],
    );
  },
};

const WHOLE: ReadonlySet<string> = new Set(
  "tinyint smallint mediumint int integer bigint int1 int2 int3 int4 int8 middleint serial".split(" "),
);
