import type { QueryConnection } from "#app/query/query-connection.ts";
import type { QueryProblem } from "#app/query/query-failure.ts";
import { withMeantNames } from "#generators/queries/meant-names.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { AskContext } from "#generators/ask/ask.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import { committedTexts } from "./ai/describe-project.ts";
import { askPorts } from "./ask-ports.ts";
import { liveDatabase } from "./live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import { openConnection } from "./query-connection.ts";

/** A database of a project that can be asked. The caller closes it. */
export interface Asked {
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  readonly connection: QueryConnection;
  readonly context: AskContext;
  readonly problems: readonly Problem[];
  readonly close: () => Promise<void>;
}

/** What is known of a database without asking it: its model, saved queries and descriptions. */
export async function askContext(
  project: Project,
  database: ProjectDatabase,
): Promise<{ readonly context: AskContext; readonly problems: readonly Problem[] }> {
  const live = liveDatabase(project, database);
  const { model, problems } = await live.model();
  // One engine at a time: the query function brings its own.
  await live.close();
  const { queries } = await readQueries(project, database.settings, model);
  const { descriptions } = database.settings;
  const { words, glossary } = await committedTexts(project, database, model);
  const context: AskContext = {
    model,
    queries,
    descriptions,
    words,
    ...(glossary && { glossary: glossary.terms.map(({ term, meaning }) => ({ term, meaning })) }),
    privacy: project.config.ai.privacy,
  };
  return { context, problems };
}

/** A refusal of a query with what was probably meant by a name that does not exist, where the model tells. */
export async function withMeant(
  problem: QueryProblem,
  sql: string,
  { project, database }: { readonly project: Project; readonly database: ProjectDatabase },
): Promise<QueryProblem> {
  if (problem.sqlstate === undefined) return problem;
  const live = liveDatabase(project, database);
  try {
    const { model } = await live.model();
    return withMeantNames(problem, { sql, model, parser: await loadParser() });
  } finally {
    await live.close();
  }
}

/** Opens what `ask` needs: what is known of the database, and the embedded one that plans and looks up values. */
export async function openAsked(project: Project, database: ProjectDatabase): Promise<Asked> {
  const { context, problems } = await askContext(project, database);
  const connection = await openConnection(project, database);
  return {
    model: context.model,
    queries: context.queries,
    connection,
    context: { ...context, ...askPorts(connection, context.model) },
    problems: problems.filter(({ severity }) => severity === "error"),
    close: () => connection.close(),
  };
}
