import { describeDatabase, type Described } from "#generators/ai/describe/describe-database.ts";
import { keptArtifact, keptFolder, readKept, type KnownTexts } from "#generators/ai/kept-texts.ts";
import { shownModel } from "#generators/documented/shown-model.ts";
import type { Ai } from "#generators/ai/ai.ts";
import { keptTextSchema, type KeptText } from "#schemas/json/kept-text.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import { glossaryWords } from "#generators/glossary/glossary-words.ts";
import type { Glossary } from "#generators/glossary/read-glossary.ts";
import { projectGlossary } from "../project-glossary.ts";
import type { Project, ProjectDatabase } from "../project.ts";

export interface DescribedDatabase extends Pick<Described, "known" | "counts" | "because"> {
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** The texts of a database: those that are committed, and with `ai` those that are missing. */
export async function describeProject(
  project: Pick<Project, "config" | "workspace" | "progress">,
  { settings }: Pick<ProjectDatabase, "settings">,
  { model, ai, signal }: { readonly model: SchemaModel; readonly ai?: Ai; readonly signal?: AbortSignal },
): Promise<DescribedDatabase> {
  const folder = keptFolder(project.config, settings.id);
  const { kept, unreadable, broken, problems } = await readFolder(project, folder);
  const { privacy, language } = project.config.ai;
  const described = await describeDatabase({
    // What is left out of the documents is described to nobody.
    index: indexModel(shownModel(model, settings)),
    descriptions: settings.descriptions,
    // What is kept was written from at least this much; a prompt is never built at `off`.
    wording: { level: privacy === "off" ? "schema" : privacy, dialect: model.dialect, language },
    kept,
    unreadable,
    progress: project.progress,
    ...(ai && privacy !== "off" && { ai }),
    ...(signal && { signal }),
  });
  const glossary = await projectGlossary(project, settings, model);
  const artifacts = await Promise.all(described.entries.map((entry) => keptArtifact(folder, entry)));
  return {
    known: glossary.value ? withGlossary(described.known, model, glossary.value) : described.known,
    counts: described.counts,
    artifacts: [...artifacts, ...broken],
    problems: [...problems, ...glossary.problems],
    ...(described.because && { because: described.because }),
  };
}

function withGlossary(known: KnownTexts, model: SchemaModel, glossary: Glossary): KnownTexts {
  const words: Record<string, readonly string[]> = { ...known.words };
  for (const [id, more] of Object.entries(glossaryWords(model, glossary))) words[id] = [...(words[id] ?? []), ...more];
  return { ...known, words, glossary };
}

/** What is known of a database without asking anybody. */
export async function committedTexts(
  project: Pick<Project, "config" | "workspace" | "progress">,
  database: Pick<ProjectDatabase, "settings">,
  model: SchemaModel,
): Promise<KnownTexts> {
  return (await describeProject(project, database, { model })).known;
}

async function readFolder({ workspace }: Pick<Project, "workspace">, folder: string) {
  const kept: KeptText[] = [];
  const problems: Problem[] = [];
  const unreadable = new Set<string>();
  const broken: Artifact[] = [];
  const entry = new RegExp(
    `^${folder.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}/(?:${KINDS.join("|")})/[^/]+\\.json$`,
  );
  const paths = (await workspace.list(folder)).filter((path) => entry.test(path));
  for (const path of paths) {
    const bytes = await workspace.read(path);
    if (!bytes) continue;
    const content = new TextDecoder().decode(bytes);
    const read = await readKept(content, path);
    if ("key" in read) {
      kept.push(read);
      continue;
    }
    problems.push(read);
    // A person may be in the middle of editing it: it stays as it is.
    broken.push({ path, content, generator: "ai" });
    unreadable.add(subjectOf(path));
  }
  return { kept, unreadable, broken, problems };
}

const KINDS = keptTextSchema.shape.kind.options;

/** `table/sales.orders` of `.querygenie/ai/table/sales.orders.json`. */
export function subjectOf(path: string): string {
  const [kind = "", file = ""] = path.split("/").slice(-2);
  const name = file.replace(/\.json$/, "");
  return `${kind}/${/%(?![0-9A-F]{2})/i.test(name) ? name : decodeURIComponent(name)}`;
}
