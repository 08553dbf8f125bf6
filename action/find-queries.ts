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
import type { SourceFile } from "#schemas/source.ts";
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
  for (const { path, find } of queryPlaces(project, { settings, files })) {
    if (find === null) continue;
    const { value } = await project.listing.read(path);
    if (!value || value.text.length > LARGEST_CODE) continue;
    found.push(...withComments(await find(value), value.text));
  }
  return { value: found, saved: saved.queries, problems };
}

interface QueryPlace {
  readonly path: string;
  /** Looks for queries in the file's text; null for a saved query, whose file is one. */
  readonly find: ((file: SourceFile) => readonly FoundQuery[] | Promise<readonly FoundQuery[]>) | null;
}

/** The files that may hold queries, by path: saved ones, other `.sql` files, code. */
function queryPlaces(
  { listing }: Pick<Project, "listing">,
  { settings, files }: Pick<ProjectDatabase, "settings" | "files">,
): readonly QueryPlace[] {
  const isSaved = picomatch([...settings.queries]);
  const schema = new Set(files.map(({ path }) => path));
  return listing.paths.flatMap((path): readonly QueryPlace[] => {
    if (isSaved(path)) return [{ path, find: null }];
    const language = codeLanguages.find(({ endings }) => endings.some((ending) => path.endsWith(ending)));
    if (language) return [{ path, find: (file) => language.find(file) }];
    return path.endsWith(".sql") && !schema.has(path) ? [{ path, find: namedQueries }] : [];
  });
}

/** Whether a file with queries is new or is not what it was before. `before` gives its text then, null for none. */
export async function hasChangedQueries(
  project: Pick<Project, "listing">,
  database: Pick<ProjectDatabase, "settings" | "files">,
  before: (path: string) => Promise<string | null>,
): Promise<boolean> {
  for (const { path, find } of queryPlaces(project, database)) {
    const { value } = await project.listing.read(path);
    if (!value || value.text.length > LARGEST_CODE) continue;
    if (value.text === (await before(path))) continue;
    if (find === null || (await find(value)).length > 0) return true;
  }
  return false;
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
