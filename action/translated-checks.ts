import type { AskContext } from "#generators/ask/ask.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { resolveQuery } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";

/** What is wrong with a query; `position` counts its characters from 1. */
type CheckProblem = Pick<Problem, "message" | "help"> &
  Partial<Pick<Problem, "code" | "sqlstate">> & { readonly position?: number };

/** Plans a query of the dialect on the translated schema; null when it holds. */
export type PlanQuery = (sql: string) => Promise<CheckProblem | null>;

/**
 * How a query of a dialect that no embedded engine runs is checked: its names by the resolver, then by PostgreSQL on the
 * translated schema. One that cannot be translated stands on its names alone, and says so.
 */
export function translatedChecks(
  model: SchemaModel,
  plan: PlanQuery,
): Required<Pick<AskContext, "check" | "howChecked">> {
  const how = new Map<string, string>();
  const { title } = dialectFacts(model.dialect);
  return {
    async check(sql) {
      const { problems, readOnly, isComplete } = resolveQuery(sql, model);
      const [first] = problems;
      if (first) return problemInWords({ ...first, position: first.span.start + 1 });
      if (!readOnly.isReadOnly) return `It does not only read: ${readOnly.reasons.join(", ")}.`;
      const problem = await plan(sql);
      if (problem === null) {
        how.set(sql, `Planned by PostgreSQL on the schema translated from ${title}.`);
        return null;
      }
      if (problem.code !== UNTRANSLATABLE || !isComplete) return problemInWords(problem);
      how.set(sql, `Not planned, its names were looked up in the schema only. ${problem.message}`);
      return null;
    },
    howChecked: (sql) => how.get(sql) ?? null,
  };
}

const UNTRANSLATABLE = "QG727";

export function problemInWords({ message, help, position }: CheckProblem): string {
  const place = position === undefined ? "" : ` At character ${position}.`;
  const sentence = message.endsWith(".") ? message : `${message}.`;
  return `${sentence}${place}${help === undefined ? "" : ` ${help}`}`;
}
