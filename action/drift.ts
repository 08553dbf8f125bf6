import { driftProblem, type Reading } from "#schemas/diff/drift.ts";
import { detectSources } from "#schemas/frameworks/detect-sources.ts";
import type { Detection } from "#schemas/frameworks/framework.ts";
import { frameworks } from "#schemas/frameworks/registry.ts";
import { readSource } from "#schemas/frameworks/read-source.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import { liveDatabase } from "./live-database.ts";
import type { Project, ProjectDatabase } from "./project.ts";

/** Readings beside the one that counts; each costs a replay the first time. */
const MOST_OTHERS = 2;

/**
 * What else in the repository says how the database looks: a dump beside migrations, a schema in code. Opens an engine
 * where it must and closes it again, so that it goes before the database's own. Empty where several sources, or a
 * command, make the database.
 */
export async function otherReadings(project: Project, database: ProjectDatabase): Promise<readonly Reading[]> {
  const { dialect, sources } = database.settings;
  const [source, ...more] = sources;
  if (source?.path === undefined || more.length > 0 || source.command !== undefined) return [];
  const { value: detected } = await detectSources({ listing: project.listing, engine: dialect });
  const group = detected
    .map((one): readonly Detection[] => [one, ...one.alternates])
    .find((all) => all.some(({ path }) => path === source.path));
  const readings: Reading[] = [];
  for (const { path, framework } of (group ?? []).filter((one) => one.path !== source.path).slice(0, MOST_OTHERS)) {
    const { prelude, variables } = source;
    const read = await readSource({
      source: { path, framework, prelude, variables },
      engine: dialect,
      listing: project.listing,
      trust: project.trust,
    });
    const isWhole = read.value.length > 0 && !read.problems.some(({ makesIncomplete }) => makesIncomplete);
    if (!isWhole) continue;
    const live = liveDatabase(project, { ...database, files: read.value, problems: [] });
    const { model } = await live.model().finally(() => live.close());
    readings.push({ path, isDeclared: isDeclared(framework), model });
  }
  return readings;
}

/** Where those readings disagree with the model of the database. */
export function driftProblems(
  { settings, problems }: ProjectDatabase,
  model: SchemaModel,
  others: readonly Reading[],
): readonly Problem[] {
  const [source] = settings.sources;
  if (source?.path === undefined || problems.some(({ makesIncomplete }) => makesIncomplete)) return [];
  const main: Reading = { path: source.path, isDeclared: isDeclared(source.framework), model };
  return others.flatMap((other) => driftProblem(main, other) ?? []);
}

const isDeclared = (framework: string | undefined): boolean =>
  frameworks.some(({ id, kind }) => id === framework && kind === "declared");
