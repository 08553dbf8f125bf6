import { subject, tokensIn } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlCursor: Rule = {
  id: "mssql-cursor",
  scope: "statement",
  title: "Cursor",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    const tokens = tokensIn(reviewed);
    const at = tokens.findIndex(({ key }) => key === "CURSOR");
    if (at < 1 || !tokens.slice(0, at).some(({ key }) => key === "DECLARE")) return [];
    const message = `${subject(reviewed)} goes through rows one by one with a cursor`;
    return [{ message, help: "One statement over the set", objects: [] }];
  },
};
