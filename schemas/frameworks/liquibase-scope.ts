import { engineOfWord } from "./engine-name.ts";
import { fillMarked } from "./placeholders.ts";
import { folderOf } from "./listing.ts";
import type { FileListing } from "./listing.ts";
import type { MigrationFile } from "../source.ts";
import type { Problem } from "../problem.ts";

/** What a run over changelogs knows and has found so far, in the order of appearance. */
export interface LiquibaseScope {
  readonly listing: FileListing;
  readonly engine: string;
  /** Values of `${name}`; the first that is set counts. */
  readonly properties: Map<string, string>;
  /** How many steps a changeset has so far. */
  readonly used: Map<string, number>;
  readonly value: MigrationFile[];
  readonly problems: Problem[];
}

/** Attributes of a changeset that decide whether and how it is run. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** True when `dbms` names the engine, or does not exclude it: `postgresql,h2`, `!oracle`, `all`, `none`. */
export function isForEngine(dbms: string | undefined, engine: string): boolean {
  const names = (dbms ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const isEngine = (name: string): boolean => name === "all" || (engineOfWord(name) ?? name) === engine;
  const excluded = names.filter((name) => name.startsWith("!")).map((name) => name.slice(1).trim());
  const wanted = names.filter((name) => !name.startsWith("!"));
  return !excluded.some(isEngine) && (wanted.length === 0 || wanted.some(isEngine));
}

/** Sets a property unless it is for another engine. What the configuration or an earlier file says stays. */
export function setProperty(attributes: Attributes, scope: LiquibaseScope): void {
  const { name, value } = attributes;
  if (name === undefined || value === undefined || !isForEngine(attributes["dbms"], scope.engine)) return;
  const key = name.toLowerCase();
  if (!scope.properties.has(key)) scope.properties.set(key, value);
}

/** Adds one change that is SQL; `text` has the lines of its file. */
export function addSql(
  change: { readonly path: string; readonly text: string; readonly id: string; readonly down?: string },
  attributes: Attributes,
  scope: LiquibaseScope,
): void {
  const filled = fillMarked({ path: change.path, text: change.text }, Object.fromEntries(scope.properties));
  scope.problems.push(...filled.problems);
  const count = (scope.used.get(change.id) ?? 0) + 1;
  scope.used.set(change.id, count);
  scope.value.push({
    ...filled.value,
    version: count === 1 ? change.id : `${change.id} #${count}`,
    transaction: attributes["runInTransaction"] === "false" ? "none" : "file",
    ...(change.down !== undefined && { down: { path: change.path, text: change.down } }),
  });
}

/** The file or folder a changelog means: relative to itself when it says so, else in a folder of the search path. */
export function resolvePath(
  path: string,
  from: string,
  { isRelative, listing }: { readonly isRelative: boolean; readonly listing: FileListing },
): string | null {
  const parts = path
    .replace(/^classpath:/, "")
    .replaceAll("\\", "/")
    .split("/");
  const exists = (place: string): boolean => listing.hasFile(place) || listing.hasFolder(place);
  for (let at = folderOf(from); ; at = folderOf(at)) {
    const place = normalised([...at.split("/"), ...parts]);
    if (place !== null && place !== "" && exists(place)) return place;
    if (isRelative || at === "") return null;
  }
}

function normalised(parts: readonly string[]): string | null {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === ".." && kept.pop() === undefined) return null;
    if (part !== "" && part !== "." && part !== "..") kept.push(part);
  }
  return kept.join("/");
}
