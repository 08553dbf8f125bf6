import { findConfig } from "#schemas/config/find.ts";
import type { LoadedConfig } from "#schemas/config/load.ts";
import { resolveConfig, type ConfigFlags } from "#schemas/config/resolve.ts";
import type { Config, ConfigFile } from "#schemas/config/schema.ts";
import { readTarget } from "#schemas/dialects/live-target.ts";
import { detectSources } from "#schemas/frameworks/detect-sources.ts";
import { listFiles, type FileListing } from "#schemas/frameworks/listing.ts";
import type { Dialect } from "#schemas/model.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { defaultConfig } from "./default-config.ts";
import type { OpenOptions, ProjectWorld } from "./project.ts";

/** A repository's configuration with what was detected, before any schema is read. */
export interface OpenedConfig {
  readonly config: Config;
  /** Path of the configuration file; null when everything was detected. */
  readonly path: string | null;
  /** Where the configuration file says it; null when the sources were typed. */
  readonly places: LoadedConfig["places"] | null;
  readonly listing: FileListing;
  /** No schema is known, and none was asked for. */
  readonly isEmpty: boolean;
  readonly problems: readonly Problem[];
}

/** Limit of `limits.fileMegabytes`, for when there is no configuration to say otherwise. */
const DEFAULT_MEGABYTES = 64;

/** Reads the configuration and finds what it leaves out. Throws `ProblemError` (exit 2). */
export async function openConfig(
  { workspace }: Pick<ProjectWorld, "workspace">,
  { flags = {}, configPath, allowEmpty }: Pick<OpenOptions, "flags" | "configPath" | "allowEmpty">,
): Promise<OpenedConfig> {
  const { value: found, problems } = await findConfig(workspace, configPath, await defaultConfig());
  refuse(problems);
  const file = found.loaded?.file;
  const fileMegabytes = file?.limits?.fileMegabytes ?? DEFAULT_MEGABYTES;
  const listing = await listFiles(workspace, { fileMegabytes });
  const isTyped = (flags.sources ?? []).length > 0 || flags.live !== undefined;
  const needsDetection = !isTyped && (file?.databases === undefined || file.databases.some(({ sources }) => !sources));
  const engine = flags.dialect ?? file?.databases?.find(({ sources }) => !sources)?.dialect;
  const detected = needsDetection ? await detectSources({ listing, engine }) : { value: [], problems: [] };
  const resolved = resolveConfig({
    flags,
    file: file ?? null,
    tbls: found.tbls,
    detected: detected.value,
    liveDialects: liveDialects(file, flags.live),
  });
  const isEmpty = allowEmpty === true && resolved.value === null && !isTyped;
  const config = isEmpty ? emptyConfig(flags, file) : resolved.value;
  const all = [...problems, ...detected.problems, ...resolved.problems];
  if (!config) throw new ProblemError(errorsFirst(all), 2);
  refuse(resolved.problems);
  return {
    config,
    path: found.loaded?.path ?? null,
    places: isTyped ? null : (found.loaded?.places ?? null),
    listing,
    isEmpty,
    problems: isEmpty ? problems : all,
  };
}

/** The configuration of a folder in which no schema is known. */
function emptyConfig(flags: ConfigFlags, written: ConfigFile | undefined): Config | null {
  const { databases: _, ...file } = written ?? {};
  const detected = [{ id: "main", path: "*.sql", framework: "script", engine: null }];
  return resolveConfig({ flags, file, detected }).value;
}

/** Dialects of the running databases that are a schema, as the configuration says or their URLs do. */
function liveDialects(file: ConfigFile | undefined, typed: string | undefined): Readonly<Record<string, Dialect>> {
  const named = (file?.databases ?? []).flatMap(({ sources = [] }) =>
    sources.flatMap(({ connection }) => connection ?? []),
  );
  const found: Record<string, Dialect> = {};
  for (const name of typed === undefined ? named : [typed]) {
    const settings = Object.hasOwn(file?.connections ?? {}, name) ? file?.connections?.[name] : undefined;
    const variable = settings?.urlFrom ?? name;
    const { value } = readTarget({
      connection: name,
      variable,
      url: process.env[variable] ?? "",
      timeouts: { connectMs: 0, statementMs: 0 },
    });
    const dialect = settings?.dialect ?? value?.dialect;
    if (dialect) found[name] = dialect;
  }
  return found;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === "error")) throw new ProblemError(errorsFirst(problems), 2);
}

/** The errors of a list, else all of it. */
export function errorsFirst(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? errors : problems;
}
