import type { Problem } from "../problem.ts";
import type { KeyPath, YamlFile } from "./yaml-file.ts";

/**
 * A repository's configuration over its owner's: mappings are put together key by key, and what the repository says
 * counts. Lists and single values are taken whole. Places are those of the file that says it.
 */
export function withDefaults(own: YamlFile | null, defaults: YamlFile): YamlFile {
  const data = merged(defaults.data, own?.data);
  const saying = (path: KeyPath): YamlFile =>
    own && (has(own.data, path) || !has(defaults.data, path)) ? own : defaults;
  return {
    path: own?.path ?? defaults.path,
    data,
    valueAt: (path) => saying(path).valueAt(path),
    keyAt: (path) => saying(path).keyAt(path),
  };
}

function merged(floor: unknown, own: unknown): unknown {
  // A key without a value says nothing.
  if (own === undefined || own === null) return floor;
  if (!isMapping(floor) || !isMapping(own)) return own;
  const keys = new Set([...Object.keys(floor), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(ofKey(floor, key), ofKey(own, key))]));
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ofKey = (mapping: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(mapping, key) ? mapping[key] : undefined;

function has(data: unknown, path: KeyPath): boolean {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = Reflect.get(value, key);
  }
  return true;
}

/** A problem of the owner's file, which is no file of the repository: its place is said in words. */
export function ofDefaults({ origin, ...problem }: Problem): Problem {
  const line = origin === undefined ? "" : `, line ${origin.line}`;
  const help = `${problem.help === undefined ? "" : `${problem.help} `}The defaults are the configuration in the owner's repository .github.`;
  return { ...problem, message: `the owner's defaults${line}: ${problem.message}`, help };
}
