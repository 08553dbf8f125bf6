import picomatch from "picomatch/posix.js";
import { generate } from "#generators/pipeline.ts";
import type { Generator } from "#generators/generator.ts";
import type { Manifest } from "#schemas/json/manifest.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { ReadModel } from "#schemas/replay/read-model.ts";
import { liveDatabase } from "./live-database.ts";
import { buildManifest, contentHash, inputDigest, manifestPath, ownedPaths, readManifest } from "./manifest.ts";
import { readQueries, type Project, type ProjectDatabase } from "./project.ts";
import type { Published, Publisher } from "./publisher.ts";
import { isRelease } from "./tool-fingerprint.ts";

export interface BuildOptions {
  readonly publisher: Publisher;
  readonly generators: readonly Generator[];
  /** Ids of the generators to run; all when absent. Files of the others stay as they are. */
  readonly only?: readonly string[];
  /** Run even when nothing has changed since the last build. Default false. */
  readonly always?: boolean;
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
}

/** Everything the repository keeps about its databases, made and published. */
export async function runBuild(project: Project, options: BuildOptions): Promise<BuildResult> {
  const { before, digest, isCurrent } = await buildState(project);
  if (before && isCurrent && !options.only && options.always !== true) {
    return { published: nothingDone(before), databases: [], problems: project.problems, upToDate: true };
  }
  const wanted = options.generators.filter(({ id }) => options.only?.includes(id) ?? true);
  const artifacts: Artifact[] = [];
  const problems: Problem[] = [...project.problems];
  const databases: BuiltDatabase[] = [];
  for (const database of project.databases) {
    const built = await buildDatabase(project, database, wanted);
    artifacts.push(...built.artifacts);
    problems.push(...built.problems);
    databases.push(built.database);
  }
  const kept = options.only ? await keptArtifacts(project, before, options.only) : [];
  const manifest = buildManifest(digest, [...artifacts, ...kept]);
  const file: Artifact = {
    path: manifestPath(project),
    content: `${JSON.stringify(options.only ? partial(manifest, before, options.only) : manifest, null, 2)}\n`,
    generator: "manifest",
  };
  const published = await options.publisher.publish([...artifacts, ...kept, file], ownedPaths(before));
  if (!options.only) await project.store.set(builtKey(digest), new Uint8Array([1]));
  return { published, databases, problems, upToDate: false };
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

async function buildDatabase(project: Project, database: ProjectDatabase, generators: readonly Generator[]) {
  const live = liveDatabase(project, database);
  try {
    const read = await live.model();
    const { queries, problems } = await readQueries(project, database.settings, read.model);
    const output = await generate(
      {
        config: project.config,
        database: database.settings,
        model: read.model,
        queries,
        engine: () => live.engine(),
        previous: async (path) => {
          const bytes = await project.workspace.read(path);
          return bytes === null ? null : new TextDecoder().decode(bytes);
        },
        progress: project.progress,
      },
      generators,
    );
    return {
      artifacts: output.artifacts,
      problems: [...database.problems, ...read.problems, ...problems, ...output.problems],
      database: { id: database.settings.id, read, queries: queries.length },
    };
  } finally {
    await live.close();
  }
}

export function queryPaths({ listing, databases }: Project): readonly string[] {
  const globs = [...new Set(databases.flatMap(({ settings }) => settings.queries))];
  const matches = picomatch(globs);
  return globs.length === 0 ? [] : listing.paths.filter((path) => matches(path));
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
