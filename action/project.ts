import picomatch from "picomatch/posix.js";
import type { ConfigFlags } from "#schemas/config/resolve.ts";
import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import type { FileListing } from "#schemas/frameworks/listing.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Clock, Progress, Store, Trust, Workspace } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { readSavedQuery } from "#generators/queries/saved-query.ts";
import { readSavedQueryByRule } from "#generators/queries/saved-query-by-rule.ts";
import { grammarOf } from "#schemas/languages/sql/query/resolve-query.ts";
import type { SavedQuery } from "#generators/generator.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { errorsFirst, openConfig } from "./open-config.ts";
import { readDatabase } from "./read-database.ts";

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
  /** A running database that is the schema: `files` hold the SQL that makes it again. */
  readonly live?: { readonly connection: string; readonly model: SchemaModel };
}

export interface OpenOptions {
  readonly flags?: ConfigFlags;
  readonly configPath?: string;
  /** Id of the one database that is wanted; all when absent. */
  readonly database?: string;
  /** Where no schema is found, one database without files is opened: what is named is read on its own. */
  readonly allowEmpty?: true;
  /** Takes rights from the configuration before anything is run or read by it. */
  readonly privileges?: (config: Config) => Config;
}

/** Opens a repository: configuration, sources and files. Throws `ProblemError` (exit 2) when nothing can be read. */
export async function openProject(world: ProjectWorld, options: OpenOptions = {}): Promise<Project> {
  const opened = await openConfig(world, options);
  const { listing, path: configPath, problems } = opened;
  const config = options.privileges?.(opened.config) ?? opened.config;
  if (opened.isEmpty) {
    const empty = config.databases.map((settings) => ({ settings, files: [], problems: [] }));
    return { ...world, config, configPath: null, listing, databases: empty, problems };
  }
  const wanted = config.databases.filter(({ id }) => options.database === undefined || id === options.database);
  if (wanted.length === 0) throw new ProblemError([unknownDatabase(options.database ?? "", config)], 2);
  const databases: ProjectDatabase[] = [];
  for (const settings of wanted)
    databases.push(await readDatabase(settings, { listing, config, world, places: opened.places }));
  const project = { ...world, config, configPath, listing, databases, problems };
  if (options.allowEmpty !== true && databases.every(({ files }) => files.length === 0)) {
    const all = databases.flatMap((database) => database.problems);
    throw new ProblemError(errorsFirst(all.length > 0 ? all : [nothingToRead()]), 2);
  }
  return project;
}

/** The saved queries of a database, by id. Those of a dialect that PostgreSQL's parser does not read are read by rule. */
export async function readQueries(
  { listing }: Pick<Project, "listing">,
  settings: DatabaseConfig,
  model: SchemaModel,
): Promise<{ readonly queries: readonly SavedQuery[]; readonly problems: readonly Problem[] }> {
  const matches = picomatch([...settings.queries]);
  const paths = listing.paths.filter((candidate) => matches(candidate));
  if (paths.length === 0) return { queries: [], problems: [] };
  const grammar = grammarOf(model);
  const parser = grammar === null ? await loadParser() : null;
  const queries: SavedQuery[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
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
