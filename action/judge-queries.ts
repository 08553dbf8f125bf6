import { lintQueries } from "#generators/review/lint-queries.ts";
import type { Finding } from "#schemas/finding.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { WithProblems } from "#schemas/problem.ts";
import { collectQueries } from "./find-queries.ts";
import type { LiveDatabase } from "./live-database.ts";
import type { Project, ProjectDatabase } from "./project.ts";

export interface JudgeInput {
  readonly database: ProjectDatabase;
  readonly live: LiveDatabase;
  readonly model: SchemaModel;
  readonly known: { readonly statistics?: Statistics };
}

/** What the query rules say. Plans are asked for where production's sizes are known; without them they say little. */
export async function judgedQueries(
  project: Project,
  { database, live, model, known }: JudgeInput,
): Promise<WithProblems<readonly Finding[]>> {
  const found = await collectQueries(project, database, model);
  const { rules } = project.config.lint;
  const { severity, limits, largeTableRows, ignore } = project.config.review;
  const { engineVersion } = database.settings;
  const mayPlan = dialectFacts(model.dialect).canRun && known.statistics !== undefined && found.value.length > 0;
  const input = {
    model,
    queries: found.value,
    largeTableRows,
    ignore,
    engine: mayPlan ? await live.engine() : null,
    ...known,
    ...(engineVersion === undefined ? {} : { engineVersion }),
  };
  const { findings, problems } = await lintQueries(input, { rules, severity, limits });
  return { value: findings, problems: [...found.problems, ...problems] };
}
