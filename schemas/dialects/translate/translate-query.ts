import { mssqlLexis, mysqlLexis } from "../../languages/sql/translate/lexer.ts";
import { parseQuery } from "../../languages/sql/translate/parse-query.ts";
import { Untranslatable } from "../../languages/sql/translate/query.ts";
import { relationsOf } from "../../languages/sql/translate/scope.ts";
import { writeQuery } from "../../languages/sql/translate/write-postgres.ts";
import type { SchemaModel } from "../../model.ts";
import type { Problem } from "../../problem.ts";

export type TranslatedQuery =
  | { readonly kind: "sql"; readonly sql: string }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Translates the SELECTs of a model's dialect to the PostgreSQL of its translated schema: names, limits, functions and
 * operators that mean the same. What does not is refused in a sentence. Texts are compared letter by letter with `=`,
 * whatever the column's collation says.
 */
export function queryTranslator(model: SchemaModel): (sql: string) => TranslatedQuery {
  const { dialect } = model;
  if (dialect === "postgres") return (sql) => ({ kind: "sql", sql });
  const relations = relationsOf(model);
  const lexis = dialect === "mysql" ? mysqlLexis : mssqlLexis;
  return (sql) => {
    try {
      return { kind: "sql", sql: writeQuery(parseQuery(sql, lexis), { dialect, relations }) };
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      return {
        kind: "problem",
        problem: {
          code: "QG727",
          severity: "error",
          message: `The query cannot be translated exactly: ${error.message}.`,
          help: "Write it without that part, or ask a running database of your own.",
        },
      };
    }
  };
}
