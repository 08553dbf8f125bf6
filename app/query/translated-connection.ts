import type { TranslatedQuery } from "#schemas/dialects/translate/translate-query.ts";
import type { QueryConnection } from "./query-connection.ts";

/** A connection that is asked in the SQL of another dialect: each query is translated, or refused with what it lacks. */
export function translatedConnection(
  connection: QueryConnection,
  translate: (sql: string) => TranslatedQuery,
): QueryConnection {
  return {
    ...connection,
    async isRepeatable(request, options) {
      const translated = translate(request.sql);
      return translated.kind !== "problem" && connection.isRepeatable({ ...request, sql: translated.sql }, options);
    },
    async query(request, options) {
      const translated = translate(request.sql);
      if (translated.kind === "problem") return { ok: false, problem: translated.problem };
      return connection.query({ ...request, sql: translated.sql }, options);
    },
    async explain(request, options) {
      const translated = translate(request.sql);
      if (translated.kind === "problem") return { ok: false, problem: translated.problem };
      return connection.explain({ ...request, sql: translated.sql }, options);
    },
  };
}
