import { configFileSchema, configSchema } from "./schema.ts";
import { issueProblems } from "./issue-problems.ts";
import { ofDefaults, withDefaults } from "./defaults.ts";
import { parseYaml } from "./yaml-file.ts";
import { secretProblems } from "./secrets.ts";
import type { Config, ConfigFile } from "./schema.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { YamlFile } from "./yaml-file.ts";
import type { z } from "zod";

/** A configuration file that holds, before defaults, so that what it leaves out can come from elsewhere. */
export interface LoadedConfig {
  /** Null when the owner's defaults are all there is. */
  readonly path: string | null;
  readonly file: ConfigFile;
  /** Where a value or key stands, for problems that show up later. */
  readonly places: Pick<YamlFile, "valueAt" | "keyAt">;
}

/** A configuration file's text and its path. */
export interface ConfigText {
  readonly path: string;
  readonly text: string;
}

/** Reads a configuration file. Null when anything in it is wrong; all of it is reported at once. */
export const parseConfigFile = (text: string, path: string): WithProblems<LoadedConfig | null> =>
  parseConfigOver({ path, text }, null);

/** The same over an owner's defaults; with them alone where the repository has no file (`own` null). */
export function parseConfigOver(
  own: ConfigText | null,
  defaults: ConfigText | null,
): WithProblems<LoadedConfig | null> {
  const floor = defaults && readFile(defaults);
  const top = own && readFile(own);
  const problems = [...(floor?.problems ?? []).map(ofDefaults), ...(top?.problems ?? [])];
  const yaml = floor?.value ? withDefaults(top?.value ?? null, floor.value) : (top?.value ?? null);
  if (!yaml || problems.length > 0) return { value: null, problems };
  // Each may hold by itself and both not together.
  const wrong = floor && top ? check(configFileSchema, yaml) : [];
  if (wrong.length > 0) return { value: null, problems: wrong };
  // The schema has just accepted the data; its input type is what the file says before defaults.
  const file = (yaml.data ?? {}) as ConfigFile;
  return { value: { path: own?.path ?? null, file, places: yaml }, problems: [] };
}

function readFile({ text, path }: ConfigText): WithProblems<YamlFile | null> {
  const { value: yaml, problems } = parseYaml(text, path);
  if (!yaml) return { value: null, problems };
  const wrong = check(configFileSchema, yaml);
  return wrong.length > 0 ? { value: null, problems: wrong } : { value: yaml, problems: [] };
}

/** Reads a configuration that must be whole: databases and sources included. */
export function parseConfig(text: string, path: string): WithProblems<Config | null> {
  const { value: yaml, problems } = parseYaml(text, path);
  if (!yaml) return { value: null, problems };
  const wrong = check(configSchema, yaml);
  if (wrong.length > 0) return { value: null, problems: wrong };
  return { value: configSchema.parse(yaml.data ?? {}), problems: [] };
}

/** Secrets first: what the schema says about the same value is of no interest then. */
function check(schema: z.ZodType, yaml: YamlFile): readonly Problem[] {
  const secrets = secretProblems(yaml);
  const parsed = schema.safeParse(yaml.data ?? {});
  const issues = parsed.success ? [] : issueProblems(parsed.error.issues, yaml);
  const places = new Set(secrets.map((problem) => placeKey(problem)));
  const all = [...secrets, ...issues.filter((problem) => !places.has(placeKey(problem)))];
  return all.sort(
    (a, b) => (a.origin?.line ?? 0) - (b.origin?.line ?? 0) || (a.origin?.column ?? 0) - (b.origin?.column ?? 0),
  );
}

function placeKey(problem: Problem): string {
  return `${problem.origin?.line}:${problem.origin?.column}`;
}
