import type { QueryConnection } from "#app/query/query-connection.ts";
import type { AskContext } from "#generators/ask/ask.ts";
import { withMeantNames } from "#generators/queries/meant-names.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { OptimizePorts } from "#generators/queries/optimize.ts";
import { grammarOf } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { problemInWords, translatedChecks, type PlanQuery } from "./translated-checks.ts";

/** What `ask` wants of a database: to plan a query, and to look up the values that a question names. */
export function askPorts(
  connection: QueryConnection,
  model: SchemaModel,
): Pick<AskContext, "check" | "howChecked" | "read"> {
  const plan: PlanQuery = async (sql) => {
    const outcome = await connection.query({ sql, check: true });
    return outcome.ok ? null : outcome.problem;
  };
  const planned = async (sql: string): Promise<string | null> => {
    const problem = await plan(sql);
    if (problem === null) return null;
    return problemInWords(withMeantNames(problem, { sql, model, parser: await loadParser() }));
  };
  return {
    ...(grammarOf(model) === null ? { check: planned } : translatedChecks(model, plan)),
    async read(sql) {
      const outcome = await connection.query({ sql });
      if (!outcome.ok) return null;
      return outcome.value.rows.map((row) =>
        row.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))),
      );
    },
  };
}

/** What `optimize` wants of a database: rows to compare and costs. */
export function optimizePorts(connection: QueryConnection): OptimizePorts {
  return {
    async rows(sql) {
      const outcome = await connection.query({ sql });
      // Rows that were cut off cannot be compared.
      if (!outcome.ok || outcome.value.truncated) return null;
      return outcome.value.rows.map((row) => row.map((cell) => JSON.stringify(cell)));
    },
    async cost(sql) {
      const outcome = await connection.explain({ sql });
      return outcome.ok ? outcome.value.tree.cost : null;
    },
  };
}
