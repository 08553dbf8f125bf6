import picomatch from "picomatch/posix.js";
import { codeLanguages } from "#generators/queries/code/registry.ts";
import { namedQueries } from "#generators/queries/named-queries.ts";
import { withComments } from "#generators/queries/query-comments.ts";
import { savedQuery } from "#generators/queries/saved-query.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { FoundQuery } from "#generators/review/query.ts";
import { workloadSchema, type Workload } from "#schemas/json/workload.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";

/** A file of code larger than this is generated or bundled. */
const LARGEST_CODE = 1024 * 1024;

export interface CollectedQueries extends WithProblems<readonly FoundQuery[]> {
  /** Those of them that are saved ones, as such. */
  readonly saved: readonly SavedQuery[];
}

/**
 * The queries of a repository: those of an imported workload, the most costly first, then saved ones, those of `.sql`
 * files that name theirs, and those in application code.
 */
export async function collectQueries(
  project: Project,
  { settings, files }: ProjectDatabase,
  model: SchemaModel,
): Promise<CollectedQueries> {
  const saved = await readQueries(project, settings, model);
  const workload = await readWorkload(project, settings.connection);
  const problems: Problem[] = [...saved.problems, ...workload.problems];
  const found: FoundQuery[] = [...workload.value];
  for (const query of saved.queries) {
    const { value } = await project.listing.read(query.path);
    found.push(...withComments([savedQuery(query)], value?.text ?? ""));
  }
  const isSaved = picomatch([...settings.queries]);
  const schema = new Set(files.map(({ path }) => path));
  for (const path of project.listing.paths) {
    const language = codeLanguages.find(({ endings }) => endings.some((ending) => path.endsWith(ending)));
    const isSql = path.endsWith(".sql") && !schema.has(path) && !isSaved(path);
    if (!language && !isSql) continue;
    const { value } = await project.listing.read(path);
    if (!value || value.text.length > LARGEST_CODE) continue;
    const queries = language ? await language.find(value) : namedQueries(value);
    found.push(...withComments(queries, value.text));
  }
  return { value: found, saved: saved.queries, problems };
}

async function readWorkload(
  project: Project,
  connection: string | undefined,
): Promise<WithProblems<readonly FoundQuery[]>> {
  const folder = `${project.config.output.state}/workload/`;
  const all = project.listing.paths.filter((path) => path.startsWith(folder) && path.endsWith(".json"));
  const only = all.length === 1 ? all[0] : undefined;
  const path = connection === undefined ? only : `${folder}${connection}.json`;
  const bytes = path === undefined ? null : await project.workspace.read(path);
  if (path === undefined || bytes === null) return { value: [], problems: [] };
  const parsed = parseWorkload(bytes);
  if (parsed === null) {
    const message = `${path} is not a workload file`;
    const help = "Its queries are left out. Import it again, or delete it.";
    return {
      value: [],
      problems: [{ code: "QG752", severity: "warning", message, help, origin: { file: path, line: 1, column: 1 } }],
    };
  }
  const queries = parsed.queries.toSorted((a, b) => b.totalMs - a.totalMs);
  return {
    value: queries.map(({ id, text, calls, totalMs }) => ({
      source: { kind: "workload", id },
      origin: { file: path, line: 1, column: 1 },
      sql: text,
      workload: { calls, totalMs, meanMs: calls === 0 ? 0 : totalMs / calls },
    })),
    problems: [],
  };
}

function parseWorkload(bytes: Uint8Array): Workload | null {
  try {
    return workloadSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
