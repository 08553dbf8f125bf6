import picomatch from "picomatch/posix.js";
import { findConfig } from "#schemas/config/find.ts";
import type { LoadedConfig } from "#schemas/config/load.ts";
import { resolveConfig, type ConfigFlags } from "#schemas/config/resolve.ts";
import type { Config, ConfigFile, DatabaseConfig } from "#schemas/config/schema.ts";
import { detectSources } from "#schemas/frameworks/detect-sources.ts";
import { listFiles, type FileListing } from "#schemas/frameworks/listing.ts";
import { readSource } from "#schemas/frameworks/read-source.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Clock, Progress, Store, Trust, Workspace } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { readSavedQuery } from "#generators/queries/saved-query.ts";
import { readSavedQueryByRule } from "#generators/queries/saved-query-by-rule.ts";
import { grammarOf } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { SchemaModel } from "#schemas/model.ts";

/** The world as a project needs it. */
export interface ProjectWorld {
  /** Folder on disk, for what is written. */
  readonly root: string;
  readonly workspace: Workspace;
  readonly store: Store;
  readonly cacheDir: string;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Whether programs of the workspace may run. Absent: not. */
  readonly trust?: Trust;
}

/** For files that lie in git only: no program can read them there. */
export const notOnDisk: Trust = { kind: "untrusted", why: "the files of another revision are not on disk" };

/** A repository with its configuration and databases, before anything is replayed. */
export interface Project extends ProjectWorld {
  readonly config: Config;
  /** Path of the configuration file; null when everything was detected. */
  readonly configPath: string | null;
  readonly listing: FileListing;
  readonly databases: readonly ProjectDatabase[];
  /** What was wrong on the way here and stopped nothing. */
  readonly problems: readonly Problem[];
}

export interface ProjectDatabase {
  readonly settings: DatabaseConfig;
  readonly files: readonly MigrationFile[];
  /** Problems of finding and reading the files. */
  readonly problems: readonly Problem[];
}

export interface OpenOptions {
  readonly flags?: ConfigFlags;
  readonly configPath?: string;
  /** Id of the one database that is wanted; all when absent. */
  readonly database?: string;
  /** Where no schema is found, one database without files is opened: what is named is read on its own. */
  readonly allowEmpty?: true;
}

/** Limit of `limits.fileMegabytes`, for when there is no configuration to say otherwise. */
const DEFAULT_MEGABYTES = 64;

/** Opens a repository: configuration, sources and files. Throws `ProblemError` (exit 2) when nothing can be read. */
export async function openProject(world: ProjectWorld, options: OpenOptions = {}): Promise<Project> {
  const { value: found, problems } = await findConfig(world.workspace, options.configPath);
  refuse(problems);
  const fileMegabytes = found.loaded?.file.limits?.fileMegabytes ?? DEFAULT_MEGABYTES;
  const listing = await listFiles(world.workspace, { fileMegabytes });
  const named = options.flags?.sources ?? [];
  const ofFile = found.loaded?.file.databases;
  const needsDetection = named.length === 0 && (ofFile === undefined || ofFile.some(({ sources }) => !sources));
  const engine = options.flags?.dialect ?? "postgres";
  const detected = needsDetection ? await detectSources({ listing, engine }) : { value: [], problems: [] };
  const resolved = resolveConfig({
    ...(options.flags ? { flags: options.flags } : {}),
    file: found.loaded?.file ?? null,
    tbls: found.tbls,
    detected: detected.value,
  });
  const isEmpty = options.allowEmpty === true && resolved.value === null && named.length === 0;
  const config = isEmpty ? emptyConfig(options.flags, found.loaded?.file) : resolved.value;
  const early = [...problems, ...detected.problems, ...resolved.problems];
  if (!config) throw new ProblemError(errorsFirst(early), 2);
  refuse(resolved.problems);
  if (isEmpty) {
    const empty = config.databases.map((settings) => ({ settings, files: [], problems: [] }));
    return { ...world, config, configPath: null, listing, databases: empty, problems };
  }
  const wanted = config.databases.filter(({ id }) => options.database === undefined || id === options.database);
  if (wanted.length === 0) throw new ProblemError([unknownDatabase(options.database ?? "", config)], 2);
  const databases: ProjectDatabase[] = [];
  const mention = {
    listing,
    config,
    trust: world.trust,
    places: named.length > 0 ? null : (found.loaded?.places ?? null),
  };
  for (const settings of wanted) databases.push(await readDatabase(settings, mention));
  const project = { ...world, config, configPath: found.loaded?.path ?? null, listing, databases, problems: early };
  if (options.allowEmpty !== true && databases.every(({ files }) => files.length === 0)) {
    const all = databases.flatMap((database) => database.problems);
    throw new ProblemError(errorsFirst(all.length > 0 ? all : [nothingToRead()]), 2);
  }
  return project;
}

/** The configuration of a folder in which no schema is known. */
function emptyConfig(flags: ConfigFlags | undefined, written: ConfigFile | undefined): Config | null {
  const { databases: _, ...file } = written ?? {};
  const detected = [{ id: "main", path: "*.sql", framework: "script", engine: null }];
  return resolveConfig({ ...(flags ? { flags } : {}), file, detected }).value;
}

/** The history of a database, as these settings find it, in the tree of another revision. */
export async function databaseIn(
  { config, ...world }: Pick<Project, "config" | "workspace">,
  settings: DatabaseConfig,
): Promise<ProjectDatabase> {
  const listing = await listFiles(world.workspace, { fileMegabytes: config.limits.fileMegabytes });
  return readDatabase(settings, { listing, config, trust: notOnDisk, places: null });
}

interface Mention {
  readonly listing: FileListing;
  readonly config: Config;
  readonly trust: Trust | undefined;
  /** Where the configuration file says it; null when the sources were typed. */
  readonly places: LoadedConfig["places"] | null;
}

async function readDatabase(
  settings: DatabaseConfig,
  { listing, config, trust, places }: Mention,
): Promise<ProjectDatabase> {
  const files: MigrationFile[] = [];
  const problems: Problem[] = [];
  const at = config.databases.indexOf(settings);
  for (const [index, source] of settings.sources.entries()) {
    const label = places ? `databases[${at}].sources[${index}].path` : "--source";
    const origin = places?.valueAt(["databases", at, "sources", index, "path"]);
    const read = await readSource({ source, engine: settings.dialect, listing, label, origin, trust });
    files.push(...read.value);
    problems.push(...read.problems);
  }
  return { settings, files, problems };
}

/** The saved queries of a database, by id. Those of a dialect that PostgreSQL's parser does not read are read by rule. */
export async function readQueries(
  { listing }: Pick<Project, "listing">,
  settings: DatabaseConfig,
  model: SchemaModel,
): Promise<{ readonly queries: readonly SavedQuery[]; readonly problems: readonly Problem[] }> {
  const matches = picomatch([...settings.queries]);
  const grammar = grammarOf(model);
  const parser = grammar === null ? await loadParser() : null;
  const queries: SavedQuery[] = [];
  const problems: Problem[] = [];
  for (const path of listing.paths.filter((candidate) => matches(candidate))) {
    const { value: file, problems: unread } = await listing.read(path);
    problems.push(...unread);
    if (!file) continue;
    const read =
      grammar === null ? parser && readSavedQuery(file, model, parser) : readSavedQueryByRule(file, model, grammar);
    problems.push(...(read?.problems ?? []));
    if (read?.value) queries.push(read.value);
  }
  return { queries: queries.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === "error")) throw new ProblemError(errorsFirst(problems), 2);
}

function errorsFirst(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? errors : problems;
}

function unknownDatabase(id: string, config: Config): Problem {
  const known = config.databases.map((database) => database.id).join(", ");
  return {
    code: "QG121",
    severity: "error",
    message: `there is no database "${id}"`,
    help: `Known databases: ${known}.`,
  };
}

function nothingToRead(): Problem {
  return {
    code: "QG110",
    severity: "error",
    message: "no schema or migrations were found",
    help: "Name the folder or file with --source, or run querygenie init.",
  };
}
