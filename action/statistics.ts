import { statisticsSchema, type Statistics } from "#schemas/json/statistics.ts";
import type { WithProblems } from "#schemas/problem.ts";
import type { Project, ProjectDatabase } from "./project.ts";

/** Production's table sizes, when they are committed: the configured file, else the only one in the state folder. */
export async function readStatistics(
  project: Project,
  { settings }: ProjectDatabase,
): Promise<WithProblems<Statistics | null>> {
  const folder = `${project.config.output.state}/stats/`;
  const found = project.listing.paths.filter((path) => path.startsWith(folder) && path.endsWith(".json"));
  const named = settings.connection === undefined ? undefined : `${folder}${settings.connection}.json`;
  const path = settings.statistics ?? named ?? (found.length === 1 ? found[0] : undefined);
  const bytes = path === undefined ? null : await project.workspace.read(path);
  if (path === undefined || (bytes === null && settings.statistics === undefined)) return { value: null, problems: [] };
  const wrong = (message: string): WithProblems<Statistics | null> => ({
    value: null,
    problems: [
      {
        code: "QG113",
        severity: "warning",
        message,
        help: "Sizes are unknown in this run.",
        origin: { file: path, line: 1, column: 1 },
      },
    ],
  });
  if (bytes === null) return wrong(`the statistics file ${path} does not exist`);
  try {
    const parsed = statisticsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed.success) return { value: parsed.data, problems: [] };
    const [issue] = parsed.error.issues;
    return wrong(`${path} is not a statistics file: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
  } catch (error) {
    if (error instanceof SyntaxError) return wrong(`${path} is not JSON: ${error.message}`);
    throw error;
  }
}
