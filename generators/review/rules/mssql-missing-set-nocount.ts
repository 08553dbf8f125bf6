import { bodyOf, hasWords, subject } from "../by-rule/mssql-statement.ts";
import { tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlMissingSetNocount: Rule = {
  id: "mssql-missing-set-nocount",
  scope: "statement",
  title: "Module that counts rows for the client",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed) {
    const statement = mssqlOf(reviewed)?.statement;
    const isModule =
      statement?.kind === "trigger" || (statement?.kind === "routine" && statement.variant === "procedure");
    const body = statement && isModule ? bodyOf(statement) : null;
    if (body === null || body === "" || hasWords(tokensOf(body), "SET", "NOCOUNT", "ON")) return [];
    const message = `${subject(reviewed)} sends a count of rows for each of its statements`;
    return [{ message, help: "SET NOCOUNT ON first", objects: [] }];
  },
};
