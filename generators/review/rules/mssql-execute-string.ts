import { innerStatements, subject } from "../by-rule/mssql-statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlExecuteString: Rule = {
  id: "mssql-execute-string",
  scope: "statement",
  title: "Text that EXEC runs",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const built = innerStatements(reviewed).some(
      ({ statement }) => statement.kind === "execute text" && statement.value.kind !== "literal",
    );
    if (!built) return [];
    const message = `${subject(reviewed)} runs a text that is put together at run time`;
    return [{ message, help: "sp_executesql with parameters", objects: [] }];
  },
};
