import picomatch from "picomatch/posix.js";
import { generate } from "#generators/pipeline.ts";
import type { Generator, GeneratorInput } from "#generators/generator.ts";
import type { Manifest } from "#schemas/json/manifest.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { ReadModel } from "#schemas/replay/read-model.ts";
import type { AiUsageLine } from "#schemas/json/ai-usage.ts";
import { describeProject, type DescribedDatabase } from "./ai/describe-project.ts";
import { exampleProject } from "./ai/example-project.ts";
import type { OpenedAi } from "./ai/open-ai.ts";
import { readUsage, usageArtifact, usageLines } from "./ai/usage-file.ts";
import { driftProblems, otherReadings } from "./drift.ts";
import { liveDatabase } from "./live-database.ts";
import { buildManifest, contentHash, inputDigest, manifestPath, ownedPaths, readManifest } from "./manifest.ts";
import { glossaryPath } from "./project-glossary.ts";
import { projectTemplates, templatePaths } from "./project-templates.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import type { Published, Publisher } from "./publisher.ts";
import { keptPictures } from "./drawn-pictures.ts";
import { renderPng } from "./render-png.ts";
import { isRelease } from "./tool-fingerprint.ts";

export interface BuildOptions {
  readonly publisher: Publisher;
  readonly generators: readonly Generator[];
  /** Ids of the generators to run; all when absent. Files of the others stay as they are. */
  readonly only?: readonly string[];
  /** Run even when nothing has changed since the last build. Default false. */
  readonly always?: boolean;
  /** Asks models for texts that are missing. Absent, the committed ones are used and nobody is asked. */
  readonly ai?: OpenedAi;
  /** Ends the asking; what is there then is written. */
  readonly signal?: AbortSignal;
}

/** What models did in a build. */
export interface BuildTexts extends Pick<DescribedDatabase, "counts"> {
  readonly usage: readonly AiUsageLine[];
}

export interface BuiltDatabase {
  readonly id: string;
  readonly read: ReadModel;
  readonly queries: number;
}

export interface BuildResult {
  readonly published: Published;
  readonly databases: readonly BuiltDatabase[];
  readonly problems: readonly Problem[];
  /** True when nothing had changed since the last build and nothing was run. */
  readonly upToDate: boolean;
  /** Absent when nothing was run. */
  readonly texts?: BuildTexts;
}

/** Everything the repository keeps about its databases, made and published. */
export async function runBuild(project: Project, options: BuildOptions): Promise<BuildResult> {
  const { before, digest, isCurrent } = await buildState(project);
  // Without a key nobody is asked, and nothing changes.
  const asks = options.ai?.router.chosen("describe-tables") ? options.ai : undefined;
  const maySkip = !options.only && options.always !== true;
  if (before && isCurrent && maySkip && !(asks && isUnfinished(before))) {
    return { published: nothingDone(before), databases: [], problems: project.problems, upToDate: true };
  }
  const wanted = options.generators.filter(({ id }) => options.only?.includes(id) ?? true);
  const artifacts: Artifact[] = [];
  const templates = await projectTemplates(project);
  const problems: Problem[] = [...project.problems, ...templates.problems];
  const databases: BuiltDatabase[] = [];
  const described: DescribedDatabase[] = [];
  let unwritten = 0;
  for (const database of project.databases) {
    const built = await buildDatabase(project, database, {
      generators: wanted,
      isWhole: !options.only,
      templates: templates.value,
      ...(asks && !options.only && { ai: asks }),
      ...(options.signal && { signal: options.signal }),
    });
    artifacts.push(...built.artifacts);
    problems.push(...built.problems);
    databases.push(built.database);
    described.push(built.described);
    unwritten += built.unwritten;
  }
  const usage = usageLines(options.ai?.router.ledger.lines() ?? []);
  const used = usageArtifact(project, await readUsage(project), { lines: usage, now: project.clock.now() });
  if (!options.only && used) artifacts.push(used);
  const left = totals(described).left + unwritten;
  const usesModels = asks !== undefined || described.some((one) => one.artifacts.length > 0);
  if (!options.only && left > 0 && usesModels) artifacts.push(pendingArtifact(project, left));
  problems.push(...(options.ai?.problems ?? []));
  const kept = options.only ? await keptArtifacts(project, before, options.only) : [];
  const manifest = buildManifest(digest, [...artifacts, ...kept]);
  const file: Artifact = {
    path: manifestPath(project),
    content: `${JSON.stringify(options.only ? partial(manifest, before, options.only) : manifest, null, 2)}\n`,
    generator: "manifest",
  };
  const published = await options.publisher.publish([...artifacts, ...kept, file], ownedPaths(before));
  if (!options.only) await project.store.set(builtKey(digest), new Uint8Array([1]));
  return { published, databases, problems, upToDate: false, texts: { counts: totals(described), usage } };
}

export interface BuildState {
  /** What the last build left; null when there was none. */
  readonly before: Manifest | null;
  readonly digest: string;
  /** True when a build would write nothing. */
  readonly isCurrent: boolean;
}

/** Whether the committed files are those of this input, without running anything. */
export async function buildState(project: Project): Promise<BuildState> {
  const before = await readManifest(project);
  const digest = await inputDigest(project, queryPaths(project));
  const isCurrent =
    before?.inputDigest === digest && (await isTrusted(project, digest)) && (await isIntact(project, before));
  return { before, digest, isCurrent };
}

/** True when an earlier build has left something that a model could write. */
function isUnfinished({ generators }: Manifest): boolean {
  const files = Object.keys(generators["ai"]?.files ?? {});
  return files.length === 0 || files.some((path) => path.endsWith(PENDING));
}

/** A committed note that some objects or columns wait for a model; its presence makes the next build try again. */
const PENDING = "/ai/pending.json";

function pendingArtifact({ config }: Project, left: number): Artifact {
  return {
    path: `${config.output.state}${PENDING}`,
    content: `${JSON.stringify({ version: 1, objects: left }, null, 2)}\n`,
    generator: "ai",
  };
}

function totals(described: readonly DescribedDatabase[]): DescribedDatabase["counts"] {
  const sum = (of: (counts: DescribedDatabase["counts"]) => number): number =>
    described.reduce((total, { counts }) => total + of(counts), 0);
  return {
    objects: sum(({ objects }) => objects),
    kept: sum(({ kept }) => kept),
    written: sum(({ written }) => written),
    left: sum(({ left }) => left),
    edited: sum(({ edited }) => edited),
  };
}

/** Texts that no model wrote although one could be asked: said once, with why. */
function leftProblem(id: string, { counts, because }: DescribedDatabase): readonly Problem[] {
  if (!because || because.reason === "disabled" || because.reason === "no-provider" || counts.left === 0) return [];
  return [
    {
      code: "QG783",
      severity: "info",
      message: `${counts.left} of ${counts.objects} objects of ${id} have offline texts for now: ${because.message}`,
      help: "The next build asks for them; the documents are complete as they are.",
    },
  ];
}

async function buildDatabase(
  project: Project,
  database: ProjectDatabase,
  {
    generators,
    ai,
    isWhole,
    signal,
    templates,
  }: Pick<BuildOptions, "generators" | "ai" | "signal"> &
    Pick<GeneratorInput, "templates"> & { readonly isWhole: boolean },
) {
  // One engine at a time: the others are read and closed before the database's own starts.
  const others = await otherReadings(project, database);
  const live = liveDatabase(project, database);
  try {
    const read = await live.model();
    const { queries, problems } = await readQueries(project, database.settings, read.model);
    const drawn = await keptPictures(project.store, database.settings.id);
    const described = await describeProject(project, database, {
      model: read.model,
      ...(ai && { ai: ai.router }),
      ...(signal && { signal }),
    });
    const values = generators.some(({ id }) => id === "fixtures")
      ? await exampleProject(project, database, {
          model: read.model,
          usesModels: described.artifacts.length > 0,
          ...(ai && { ai: ai.router }),
          ...(signal && { signal }),
        })
      : null;
    const output = await generate(
      {
        config: project.config,
        database: database.settings,
        model: read.model,
        queries,
        ...(templates && { templates }),
        known: described.known,
        ...(values && { examples: values.examples }),
        drawPng: renderPng,
        drawn,
        engine: () => live.engine(),
        translated: () => live.translated(),
        previous: async (path) => {
          const bytes = await project.workspace.read(path);
          return bytes === null ? null : new TextDecoder().decode(bytes);
        },
        progress: project.progress,
      },
      generators,
    );
    await drawn.save({ isWhole });
    return {
      artifacts: isWhole
        ? [...output.artifacts, ...described.artifacts, ...(values?.artifacts ?? [])]
        : output.artifacts,
      problems: [
        ...database.problems,
        ...read.problems,
        ...driftProblems(database, read.model, others),
        ...problems,
        ...described.problems,
        ...(ai ? leftProblem(database.settings.id, described) : []),
        ...(values?.problems ?? []),
        ...output.problems,
      ],
      described,
      unwritten: values?.counts.left ?? 0,
      database: { id: database.settings.id, read, queries: queries.length },
    };
  } finally {
    await live.close();
  }
}

/** Files besides the schema that the committed ones depend on: saved queries, the glossary and templates. */
export function queryPaths(project: Project): readonly string[] {
  const { listing, databases } = project;
  const templates = new Set(templatePaths(project));
  const globs = [...new Set(databases.flatMap(({ settings }) => settings.queries))];
  const matches = picomatch(globs);
  const glossaries = new Set(databases.map(({ settings }) => glossaryPath(settings)));
  return listing.paths.filter(
    (path) => glossaries.has(path) || templates.has(path) || (globs.length > 0 && matches(path)),
  );
}

/**
 * A release writes the same bytes for the same input. A checkout may write others after any edit, so there the cache
 * must know that these very sources made the files.
 */
async function isTrusted(project: Project, digest: string): Promise<boolean> {
  return isRelease() || (await project.store.get(builtKey(digest))) !== null;
}

const builtKey = (digest: string): string => `built-${digest}`;

/** True when every file of the last build is still there, byte for byte. */
async function isIntact(project: Project, manifest: Manifest): Promise<boolean> {
  for (const { files } of Object.values(manifest.generators)) {
    for (const [path, hash] of Object.entries(files)) {
      const bytes = await project.workspace.read(path);
      if (!bytes || contentHash(bytes) !== hash) return false;
    }
  }
  return true;
}

/** The committed files of the generators that do not run this time, so that publishing does not remove them. */
async function keptArtifacts(project: Project, before: Manifest | null, only: readonly string[]): Promise<Artifact[]> {
  const kept: Artifact[] = [];
  for (const [generator, { files }] of Object.entries(before?.generators ?? {})) {
    if (only.includes(generator)) continue;
    for (const path of Object.keys(files)) {
      const content = await project.workspace.read(path);
      if (content) kept.push({ path, content, generator });
    }
  }
  return kept;
}

/** Equal to no digest. */
const NO_DIGEST = "0".repeat(64);

/** A partial build vouches for its own files only; of the others it repeats what the build before it said. */
function partial(manifest: Manifest, before: Manifest | null, only: readonly string[]): Manifest {
  const others = Object.entries(before?.generators ?? {}).filter(([id]) => !only.includes(id));
  const own = Object.entries(manifest.generators).filter(([id]) => only.includes(id));
  return {
    ...manifest,
    inputDigest: before?.inputDigest === manifest.inputDigest ? manifest.inputDigest : NO_DIGEST,
    generators: Object.fromEntries([...others, ...own].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const nothingDone = (before: Manifest): Published => ({
  written: [],
  unchanged: [...ownedPaths(before)].sort(),
  removed: [],
});
