import { readGlossary, type Glossary } from "#generators/glossary/read-glossary.ts";
import { unknownObjects } from "#generators/glossary/glossary-words.ts";
import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { WithProblems } from "#schemas/problem.ts";
import type { Project } from "./project.ts";

const DEFAULT_PATH = "glossary.md";

/** Where the glossary of a database is looked for. */
export const glossaryPath = ({ glossary }: Pick<DatabaseConfig, "glossary">): string => glossary ?? DEFAULT_PATH;

/** The glossary of a database; null when there is none, which is a problem only where the configuration names one. */
export async function projectGlossary(
  { workspace }: Pick<Project, "workspace">,
  settings: Pick<DatabaseConfig, "glossary">,
  model: SchemaModel,
): Promise<WithProblems<Glossary | null>> {
  const path = glossaryPath(settings);
  const bytes = await workspace.read(path);
  if (bytes === null) {
    if (settings.glossary === undefined) return { value: null, problems: [] };
    const message = `the glossary ${path} is not there`;
    const help = "`glossary` under the database names a Markdown file of the repository.";
    return { value: null, problems: [{ code: "QG113", severity: "warning", message, help }] };
  }
  const { value, problems } = readGlossary({ path, text: new TextDecoder().decode(bytes) });
  return { value, problems: [...problems, ...unknownObjects(model, value)] };
}
