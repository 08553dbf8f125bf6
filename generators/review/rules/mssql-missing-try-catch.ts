import { actsOf } from "../acts/act.ts";
import { hasWords, subject } from "../by-rule/mssql-statement.ts";
import { tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlMissingTryCatch: Rule = {
  id: "mssql-missing-try-catch",
  scope: "statement",
  title: "Transaction without TRY … CATCH",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    const source = mssqlOf(reviewed);
    if (!source) return [];
    const begins = actsOf(reviewed.acts, "transaction").some(({ control }) => control === "begin");
    const body =
      source.statement.kind === "routine" && source.statement.variant === "procedure" ? source.statement.body : null;
    const isBare = body !== null && body !== "" && !hasWords(tokensOf(body), "BEGIN", "TRY");
    if (!(begins && !source.isTried) && !isBare) return [];
    const what = begins ? "The transaction" : subject(reviewed);
    return [
      {
        message: `${what} has no TRY … CATCH: after an error the statements behind it run all the same`,
        help: "BEGIN TRY … END TRY BEGIN CATCH … THROW END CATCH",
        objects: [],
      },
    ];
  },
};
