import { askExamples, type AskedExamples } from "#generators/ai/examples/ask-examples.ts";
import { relationView } from "#generators/ai/describe/subjects.ts";
import type { Ai } from "#generators/ai/ai.ts";
import { examplesArtifact, keptFolder, readExamples } from "#generators/ai/kept-texts.ts";
import { shownModel } from "#generators/documented/shown-model.ts";
import { vagueColumns } from "#generators/fixtures/vague-columns.ts";
import type { KeptExamples } from "#schemas/json/kept-examples.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { subjectOf } from "./describe-project.ts";

export interface ProjectExamples extends Pick<AskedExamples, "examples" | "counts"> {
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** The example values of a database's text columns: those that are committed, and with `ai` those that are missing. */
export async function exampleProject(
  project: Pick<Project, "config" | "workspace" | "progress">,
  { settings }: Pick<ProjectDatabase, "settings">,
  input: {
    readonly model: SchemaModel;
    /** True where models have written something for the database: what waits for one is counted then. */
    readonly usesModels?: boolean;
    readonly ai?: Ai;
    readonly signal?: AbortSignal;
  },
): Promise<ProjectExamples> {
  const { model, ai, signal } = input;
  const folder = keptFolder(project.config, settings.id);
  const { kept, unreadable, broken, problems } = await readFolder(project, `${folder}/examples`);
  if (!ai && kept.length === 0 && input.usesModels !== true)
    return { examples: new Map(), counts: { columns: 0, written: 0, left: 0 }, artifacts: broken, problems };
  const parser = await loadParser();
  const shown = shownModel(model, settings);
  const index = indexModel(shown);
  const { privacy } = project.config.ai;
  const asked = await askExamples({
    tables: shown.tables.flatMap((table) => {
      const columns = vagueColumns(table, shown, parser);
      const relation = relationView(index, table, settings.descriptions);
      return columns.length === 0 ? [] : [{ relation, columns }];
    }),
    // Values of rows and statistics are of no use here.
    wording: { level: "schema", dialect: model.dialect, language: settings.fixtures.locale.replace("_", "-") },
    kept,
    unreadable,
    progress: project.progress,
    ...(ai && privacy !== "off" && { ai }),
    ...(signal && { signal }),
  });
  const artifacts = await Promise.all(asked.entries.map((entry) => examplesArtifact(folder, entry)));
  return {
    examples: asked.examples,
    counts: asked.counts,
    artifacts: [...artifacts, ...broken],
    problems: [...problems, ...offlineProblems(settings.id, asked)],
  };
}

/** Columns whose values are drawn offline although a model could have been asked: said once, with why. */
function offlineProblems(id: string, { because, counts, unfit }: AskedExamples): readonly Problem[] {
  const problems: Problem[] = [];
  if (because && because.reason !== "disabled" && because.reason !== "no-provider") {
    problems.push({
      code: "QG416",
      severity: "info",
      message: `${counts.left} of ${counts.columns} text columns of ${id} have offline values in the fixtures for now: ${because.message}`,
      help: "The next build asks for them; the fixtures are complete as they are.",
    });
  }
  if (unfit.length > 0) {
    const shown = unfit.slice(0, MOST_NAMED).join(", ");
    const more = unfit.length > MOST_NAMED ? ` and ${unfit.length - MOST_NAMED} more` : "";
    problems.push({
      code: "QG416",
      severity: "info",
      message: `The values that a model gave for ${shown}${more} do not fit and were left out; the fixtures have offline values there`,
      help: "Write values of your own into the files under ai/examples, or leave it: nobody is asked again until the column changes.",
    });
  }
  return problems;
}

const MOST_NAMED = 6;

async function readFolder({ workspace }: Pick<Project, "workspace">, folder: string) {
  const kept: KeptExamples[] = [];
  const problems: Problem[] = [];
  const unreadable = new Set<string>();
  const broken: Artifact[] = [];
  for (const path of await workspace.list(folder)) {
    const bytes = path.endsWith(".json") ? await workspace.read(path) : null;
    if (!bytes) continue;
    const content = new TextDecoder().decode(bytes);
    const read = readExamples(content, path);
    if ("columns" in read) {
      kept.push(read);
      continue;
    }
    problems.push(read);
    // A person may be in the middle of editing it: it stays as it is.
    broken.push({ path, content, generator: "ai" });
    unreadable.add(subjectOf(path).slice("examples/".length));
  }
  return { kept, unreadable, broken, problems };
}
