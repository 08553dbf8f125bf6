import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const hasFloat: Rule = {
  id: "has-float",
  scope: "statement",
  title: "Binary floating point",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) =>
      TYPES.has(type.name)
        ? [
            {
              message: `${subject(reviewed)}.${name} is ${type.name}, which rounds what is not a sum of powers of two`,
              help: "DECIMAL with the digits that are needed",
              objects: [],
            },
          ]
        : [],
    );
  },
};

const TYPES: ReadonlySet<string> = new Set(["float", "double", "real", "double precision", "float4", "float8"]);
