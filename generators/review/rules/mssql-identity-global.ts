import { subject, tokensIn } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlIdentityGlobal: Rule = {
  id: "mssql-identity-global",
  scope: "statement",
  title: "@@IDENTITY",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    if (!tokensIn(reviewed).some(({ kind, value }) => kind === "variable" && value.toUpperCase() === "@@IDENTITY"))
      return [];
    const message = `${subject(reviewed)} reads @@IDENTITY, which is the key of a row that a trigger wrote when there is one`;
    return [{ message, help: "SCOPE_IDENTITY(), or OUTPUT", objects: [] }];
  },
};
