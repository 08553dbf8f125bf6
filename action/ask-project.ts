import type { QueryConnection } from "#app/query/query-connection.ts";
import type { AskContext } from "#generators/ask/ask.ts";
import type { SavedQuery } from "#generators/generator.ts";
import { grammarOf } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import { liveDatabase } from "./live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import { openConnection } from "./query-connection.ts";
import { problemInWords, translatedChecks } from "./translated-checks.ts";

/** A database of a project that can be asked. The caller closes it. */
export interface Asked {
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  readonly connection: QueryConnection;
  readonly context: AskContext;
  readonly problems: readonly Problem[];
  readonly close: () => Promise<void>;
}

/** Opens what `ask` needs: the model, the saved queries, and the embedded database that plans and looks up values. */
export async function openAsked(project: Project, database: ProjectDatabase): Promise<Asked> {
  const live = liveDatabase(project, database);
  const { model, problems } = await live.model();
  // One engine at a time: the query function brings its own.
  await live.close();
  const { queries } = await readQueries(project, database.settings, model);
  const connection = await openConnection(project, database);
  const context: AskContext = {
    model,
    queries,
    descriptions: database.settings.descriptions,
    privacy: project.config.ai.privacy,
    ...(grammarOf(model) === null
      ? { check: (sql) => planProblem(connection, sql) }
      : translatedChecks(model, async (sql) => {
          const outcome = await connection.query({ sql, check: true });
          return outcome.ok ? null : outcome.problem;
        })),
    read: (sql) => rowsOf(connection, sql),
  };
  return {
    model,
    queries,
    connection,
    context,
    problems: problems.filter(({ severity }) => severity === "error"),
    close: () => connection.close(),
  };
}

/** What is wrong with a query, in words for a person or a model; null when it plans. */
async function planProblem(connection: QueryConnection, sql: string): Promise<string | null> {
  const outcome = await connection.query({ sql, check: true });
  return outcome.ok ? null : problemInWords(outcome.problem);
}

async function rowsOf(connection: QueryConnection, sql: string): Promise<readonly (readonly string[])[] | null> {
  const outcome = await connection.query({ sql });
  if (!outcome.ok) return null;
  return outcome.value.rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))));
}
