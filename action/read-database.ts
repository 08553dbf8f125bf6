import type { LoadedConfig } from "#schemas/config/load.ts";
import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import { listFiles, type FileListing } from "#schemas/frameworks/listing.ts";
import { readSource } from "#schemas/frameworks/read-source.ts";
import type { Problem } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { notOnDisk } from "./not-on-disk.ts";
import type { Project, ProjectDatabase, ProjectWorld } from "./project.ts";

export interface DatabaseMention {
  readonly listing: FileListing;
  readonly config: Config;
  readonly world: Pick<ProjectWorld, "root" | "trust" | "progress">;
  /** Where the configuration file says it; null when the sources were typed. */
  readonly places: LoadedConfig["places"] | null;
}

/** The files of a database's sources, or the running database that is its schema. Throws `ProblemError` for the latter. */
export async function readDatabase(
  settings: DatabaseConfig,
  { listing, config, world, places }: DatabaseMention,
): Promise<ProjectDatabase> {
  const files: MigrationFile[] = [];
  const problems: Problem[] = [];
  const at = config.databases.indexOf(settings);
  for (const [index, { path, connection, ...source }] of settings.sources.entries()) {
    const placeOf = (key: string) => places?.valueAt(["databases", at, "sources", index, key]);
    if (connection !== undefined) {
      // Only who reads a running database pays for what speaks to one.
      const { readLiveSource } = await import("./read-live-source.ts");
      return await readLiveSource({ connection, settings, config, world, origin: placeOf("connection") });
    }
    const read = await readSource({
      source: { ...source, path: path ?? "" },
      engine: settings.dialect,
      listing,
      label: places ? `databases[${at}].sources[${index}].path` : "--source",
      origin: placeOf("path"),
      trust: world.trust,
    });
    files.push(...read.value);
    problems.push(...read.problems);
  }
  return { settings, files, problems };
}

/** A database's sources as another revision's files have them. */
export async function databaseIn(
  { config, ...world }: Pick<Project, "config"> & ProjectWorld,
  settings: DatabaseConfig,
): Promise<ProjectDatabase> {
  const listing = await listFiles(world.workspace, { fileMegabytes: config.limits.fileMegabytes });
  return readDatabase(settings, { listing, config, world: { ...world, trust: notOnDisk }, places: null });
}
