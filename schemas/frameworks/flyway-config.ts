import { parse as parseToml } from "smol-toml";
import type { Problem, WithProblems } from "../problem.ts";
import { folderOf, joinPath, type FileListing } from "./listing.ts";

/** What a project changes of Flyway's names, https://documentation.red-gate.com/flyway/reference/configuration. */
export interface FlywayConfig {
  readonly prefixes: Readonly<Record<"versioned" | "repeatable" | "undo" | "baseline", string>>;
  readonly separator: string;
  readonly suffixes: readonly string[];
  readonly placeholders: Readonly<Record<string, string>>;
  readonly placeholderMarks: readonly [before: string, behind: string];
  /** False where texts are taken as they are. */
  readonly fillsPlaceholders: boolean;
  /** Folders of the repository, in their order; empty where the file names none that is there. */
  readonly locations: readonly string[];
}

export const flywayDefaults: FlywayConfig = {
  prefixes: { versioned: "V", repeatable: "R", undo: "U", baseline: "B" },
  separator: "__",
  suffixes: [".sql"],
  placeholders: {},
  placeholderMarks: ["${", "}"],
  fillsPlaceholders: true,
  locations: [],
};

const PLACES = ["flyway.toml", "flyway.conf", "conf/flyway.toml", "conf/flyway.conf"];

/** The configuration that is nearest above a folder, or in it; the defaults where there is none. */
export async function readFlywayConfig(folder: string, listing: FileListing): Promise<WithProblems<FlywayConfig>> {
  for (let place = folder; ; place = folderOf(place)) {
    for (const name of PLACES) {
      const path = joinPath(place, name);
      if (!listing.hasFile(path)) continue;
      const { value: file, problems } = await listing.read(path);
      if (!file) return { value: flywayDefaults, problems };
      const settings = name.endsWith(".toml") ? tomlSettings(path, file.text) : propertySettings(file.text);
      if ("problem" in settings) return { value: flywayDefaults, problems: [settings.problem] };
      return { value: configOf(settings.values, place, listing), problems };
    }
    if (place === "") return { value: flywayDefaults, problems: [] };
  }
}

/** Settings by their names without `flyway.`, lists by commas. */
type Values = ReadonlyMap<string, string>;

function configOf(values: Values, root: string, listing: FileListing): FlywayConfig {
  const text = (name: string, otherwise: string): string => values.get(name.toLowerCase()) ?? otherwise;
  const list = (name: string): readonly string[] =>
    text(name, "")
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
  const { prefixes } = flywayDefaults;
  const suffixes = list("sqlMigrationSuffixes");
  const placeholders = [...values].flatMap(([name, value]) =>
    name.startsWith(PLACEHOLDERS) ? [[name.slice(PLACEHOLDERS.length), value] as const] : [],
  );
  const [before, behind] = flywayDefaults.placeholderMarks;
  return {
    prefixes: {
      versioned: text("sqlMigrationPrefix", prefixes.versioned),
      repeatable: text("repeatableSqlMigrationPrefix", prefixes.repeatable),
      undo: text("undoSqlMigrationPrefix", prefixes.undo),
      baseline: text("baselineMigrationPrefix", prefixes.baseline),
    },
    separator: text("sqlMigrationSeparator", flywayDefaults.separator),
    suffixes: suffixes.length > 0 ? suffixes : flywayDefaults.suffixes,
    placeholders: Object.fromEntries(placeholders),
    placeholderMarks: [text("placeholderPrefix", before), text("placeholderSuffix", behind)],
    fillsPlaceholders: text("placeholderReplacement", "true").toLowerCase() !== "false",
    locations: list("locations").flatMap((location) => foldersOf(location, root, listing)),
  };
}

const PLACEHOLDERS = "placeholders.";

/** `filesystem:` is relative to the configuration; `classpath:` and no mark are below a folder of resources, or beside it. */
function foldersOf(location: string, root: string, listing: FileListing): readonly string[] {
  const [, kind, path = ""] = /^(?:(filesystem|classpath):)?\/?(?:\.\/)?(.*?)\/*$/.exec(location) ?? [];
  if (kind === "filesystem") return [joinPath(root, path)].filter((folder) => listing.hasFolder(folder));
  const inResources = listing.folders.filter((folder) => `/${folder}`.endsWith(`/resources/${path}`));
  return inResources.length > 0 ? inResources : [joinPath(root, path)].filter((folder) => listing.hasFolder(folder));
}

/** Java's properties, as far as Flyway's own files use them: `flyway.key=value`, `#` and `!` begin comments. */
function propertySettings(text: string): { readonly values: Values } {
  const values = new Map<string, string>();
  for (const line of text.replaceAll(/\\\r?\n\s*/g, "").split(/\r?\n/)) {
    const [, name, value = ""] = /^\s*flyway\.([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) values.set(keyOf(name), value);
  }
  return { values };
}

function tomlSettings(path: string, text: string): { readonly values: Values } | { readonly problem: Problem } {
  let document: unknown;
  try {
    document = parseToml(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const line = error instanceof Error && "line" in error && typeof error.line === "number" ? error.line : 1;
    return {
      problem: {
        code: "QG131",
        severity: "warning",
        message: `${path} cannot be read, so Flyway's own names were assumed: ${message}`,
        help: "Correct the file: `flyway info` reads it too.",
        origin: { file: path, line, column: 1 },
      },
    };
  }
  const values = new Map<string, string>();
  const flatten = (value: unknown, name: string): void => {
    if (Array.isArray(value)) values.set(keyOf(name), value.map(String).join(","));
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) flatten(inner, name === "" ? key : `${name}.${key}`);
    else values.set(keyOf(name), String(value));
  };
  const flyway = typeof document === "object" && document !== null && "flyway" in document ? document.flyway : {};
  flatten(flyway, "");
  return { values };
}

/** Names of settings ignore case; those of placeholders are kept. */
const keyOf = (name: string): string => (name.startsWith(PLACEHOLDERS) ? name : name.toLowerCase());
