import { compareText } from "./order.ts";
import { engineOfFiles } from "./steps.ts";
import { FORMATTED } from "./liquibase-sql.ts";
import { joinPath, nameOf } from "./listing.ts";
import { readChangelog } from "./liquibase-changelog.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { LiquibaseScope } from "./liquibase-scope.ts";

/**
 * https://docs.liquibase.com: changelogs in SQL are read whole, those in XML, YAML and JSON as far as they hold SQL. No
 * context is chosen, with which the runner applies the changesets of every context.
 */
export const liquibase: Framework = {
  id: "liquibase",
  title: "Liquibase",
  rule: "the changesets of the master changelog in order, what it includes in its place, or the formatted SQL files of a folder by name; one transaction a changeset unless it says runInTransaction:false.",
  kind: "history",
  async detect(folder, listing) {
    const roots = await rootsIn(folder, listing);
    if (roots.length === 0) return [];
    const below = listing.paths.filter((path) => path.startsWith(folder === "" ? "" : `${folder}/`));
    const engine = await engineOfFiles(
      listing,
      below.filter((path) => path.endsWith(".sql")),
    );
    const why = `the changelog ${nameOf(roots[0] ?? "")}`;
    return [{ framework: "liquibase", path: folder, engine, score: scores.marker, why, files: roots.length }];
  },
  async read({ path, listing, variables, engine }) {
    const properties = new Map(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]));
    const scope: LiquibaseScope = { listing, engine, properties, used: new Map(), value: [], problems: [] };
    for (const root of listing.hasFile(path) ? [path] : await rootsIn(path, listing)) await readChangelog(root, scope);
    return { value: scope.value, problems: scope.problems };
  },
};

/** The changelogs of a folder that no other one of it includes: its master, or its formatted SQL by name. */
async function rootsIn(folder: string, listing: FileListing): Promise<readonly string[]> {
  const names = listing.filesIn(folder);
  const usual = names.filter((name) => STRUCTURED.test(name) && (USUAL.test(name) || USUAL.test(nameOf(folder))));
  const structured = await keepMarked(usual, folder, listing, /\bdatabaseChangeLog\b/);
  const masters = structured.filter((path) => /master|root|^(?:db\.)?change-?log\.\w+$/i.test(nameOf(path)));
  if (structured.length > 0) return masters.length === 1 ? masters : structured;
  const scripts = names.filter((name) => /\.sql$/i.test(name) && !/^(?:migration|up|down)\.sql$/.test(name));
  const marked = await keepMarked(scripts.slice(0, TRIED_SCRIPTS), folder, listing, FORMATTED_TEXT);
  if (marked.length === 0) return [];
  return scripts.map((name) => joinPath(folder, name)).sort(compareText);
}

const TRIED_SCRIPTS = 3;
const STRUCTURED = /\.(?:xml|ya?ml|json)$/i;
const USUAL = /change-?logs?|master|liquibase/i;
const FORMATTED_TEXT = new RegExp(FORMATTED.source, "im");

async function keepMarked(
  names: readonly string[],
  folder: string,
  listing: FileListing,
  mark: RegExp,
): Promise<readonly string[]> {
  const paths = names.map((name) => joinPath(folder, name));
  const read = await Promise.all(paths.map((path) => listing.read(path)));
  return paths.filter((_, index) => mark.test(read[index]?.value?.text ?? "")).sort(compareText);
}
