import type { GeneratorInput } from "#generators/generator.ts";
import type { Problem } from "#schemas/problem.ts";
import { committedTexts } from "../ai/describe-project.ts";
import { liveDatabase } from "../live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "../project.ts";
import { projectTemplates } from "../project-templates.ts";

/** What the documents of a database are made from, without anything that starts an engine again. */
export async function docsInput(
  project: Project,
  database: ProjectDatabase,
): Promise<{ readonly input: GeneratorInput; readonly problems: readonly Problem[] }> {
  const live = liveDatabase(project, database);
  const read = await live.model();
  await live.close();
  const { queries, problems } = await readQueries(project, database.settings, read.model);
  const templates = await projectTemplates(project);
  const input: GeneratorInput = {
    config: project.config,
    database: database.settings,
    model: read.model,
    queries,
    templates: templates.value,
    known: await committedTexts(project, database, read.model),
    engine: () => Promise.reject(new Error("documents need no engine")),
    previous: () => Promise.resolve(null),
    progress: project.progress,
  };
  return { input, problems: [...database.problems, ...read.problems, ...problems, ...templates.problems] };
}
