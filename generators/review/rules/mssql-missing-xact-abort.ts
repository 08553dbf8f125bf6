import { actsOf } from "../acts/act.ts";
import { bodyOf, hasWords, subject } from "../by-rule/mssql-statement.ts";
import { tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlMissingXactAbort: Rule = {
  id: "mssql-missing-xact-abort",
  scope: "statement",
  title: "Transaction that an error leaves open",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const source = mssqlOf(reviewed);
    if (!source) return [];
    const begins = actsOf(reviewed.acts, "transaction").some(({ control }) => control === "begin");
    const isSafe = reviewed.settings.get("xact_abort")?.toUpperCase().startsWith("ON") === true;
    const body = bodyOf(source.statement);
    const tokens = body === null ? [] : tokensOf(body);
    const inBody = hasWords(tokens, "BEGIN", "TRAN") || hasWords(tokens, "BEGIN", "TRANSACTION");
    const isBodyOpen = inBody && !hasWords(tokens, "SET", "XACT_ABORT", "ON");
    if (!(begins && !isSafe) && !isBodyOpen) return [];
    const what = begins ? "This transaction" : `The transaction of ${subject(reviewed)}`;
    return [
      {
        message: `${what} stays open after most errors, with its locks, while what follows is committed alone`,
        help: "SET XACT_ABORT ON first",
        objects: [],
      },
    ];
  },
};
