import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const hasTime: Rule = {
  id: "has-time",
  scope: "statement",
  title: "Date or time column",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) =>
      TYPES.has(type.name)
        ? [
            {
              message: `${subject(reviewed)}.${name} is ${type.name}, a type with no time zone of its own`,
              help: "What the team has agreed on for times",
              objects: [],
            },
          ]
        : [],
    );
  },
};

const TYPES: ReadonlySet<string> = new Set(["date", "time", "datetime", "timestamp", "year"]);
