import { compareText } from "./order.ts";
import { engineOfFiles, orphan } from "./steps.ts";
import { folderOf, joinPath } from "./listing.ts";
import { orderByDependency } from "./declared-objects.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Problem } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** https://learn.microsoft.com/sql/ssdt: a folder that says what the database is, an object in each file, in no order. */
export const ssdt: Framework = {
  id: "ssdt",
  title: "A file for each object",
  rule: "every .sql file below a .sqlproj, below folders named tables, views and so on, or in a folder of files named after the tables they make, ordered by what builds on what: types, tables, foreign keys, views, routines; scripts that run before or after a deployment are left out.",
  kind: "dump",
  async detect(folder, listing) {
    const isProject = hasProject(folder, listing);
    if (!isProject && isBelowProject(folder, listing)) return [];
    const isSorted = !isProject && hasObjectFolders(folder, listing);
    const isNamed =
      !isProject && !isSorted && !isBelowSorted(folder, listing) && (await isNamedByTable(folder, listing));
    if (!isProject && !isSorted && !isNamed) return [];
    const paths = objectFiles(folder, listing);
    if (paths.length === 0) return [];
    const engine = await engineOfFiles(listing, paths);
    const [why, score] = evidenceOf(isProject, isSorted);
    return [{ framework: "ssdt", path: folder, engine, score, why, files: paths.length }];
  },
  async read({ path, listing }) {
    const files: SourceFile[] = [];
    const problems: Problem[] = [];
    for (const file of objectFiles(path, listing)) {
      const read = await listing.read(file);
      problems.push(...read.problems);
      if (read.value) files.push(read.value);
    }
    const why = "it runs before or after a deployment";
    const deployment = scriptsBelow(path, listing).filter((file) => DEPLOYMENT.test(file.slice(path.length)));
    return {
      value: await orderByDependency(files),
      problems: [...problems, ...deployment.map((file): Problem => ({ ...orphan(file, why), severity: "info" }))],
    };
  },
};

function evidenceOf(isProject: boolean, isSorted: boolean): readonly [why: string, score: number] {
  if (isProject) return ["a .sqlproj", scores.lock];
  if (isSorted) return ["folders named after kinds of objects", scores.name];
  return ["files named after the table each makes", scores.script];
}

const KINDS =
  /^(?:tables|views|functions|(?:stored[ _-]?)?procedures|routines|types|enums|domains|sequences|triggers|indexes|policies|schemas)$/i;
const DEPLOYMENT = /(?:pre|post)[-_. ]?deploy/i;

function hasProject(folder: string, listing: FileListing): boolean {
  return listing.filesIn(folder).some((name) => name.endsWith(".sqlproj"));
}

function isBelowProject(folder: string, listing: FileListing): boolean {
  for (let at = folder; at !== ""; at = folderOf(at)) if (hasProject(folderOf(at), listing)) return true;
  return false;
}

/** Tables and something else, each with scripts; a folder of scripts for tables alone may be anything. */
function hasObjectFolders(folder: string, listing: FileListing): boolean {
  const kinds = listing
    .foldersIn(folder)
    .filter((name) => KINDS.test(name) && listing.filesIn(joinPath(folder, name)).some((file) => /\.sql$/i.test(file)))
    .map((name) => name.toLowerCase());
  return kinds.includes("tables") && kinds.length > 1;
}

/**
 * A folder of scripts of which each is named after the table that it makes; nothing lies below. A few are read to tell.
 */
async function isNamedByTable(folder: string, listing: FileListing): Promise<boolean> {
  const names = listing.filesIn(folder).filter((name) => /\.sql$/i.test(name));
  if (names.length < FEWEST_TABLES || listing.foldersIn(folder).length > 0) return false;
  if (!names.every((name) => /^[a-z_][\w.-]*\.sql$/i.test(name))) return false;
  const step = Math.max(1, Math.floor(names.length / TRIED_FILES));
  const tried = names.filter((_, at) => at % step === 0).slice(0, TRIED_FILES);
  for (const name of tried) {
    const { value } = await listing.read(joinPath(folder, name));
    const made = value === null ? null : CREATES.exec(value.text)?.[1];
    const table = name.slice(0, -".sql".length).toLowerCase();
    if (made?.toLowerCase() !== table && made?.toLowerCase() !== table.split(".").at(-1)) return false;
  }
  return true;
}

/** Only a guess for detection: the name behind the first CREATE TABLE, its schema left out. */
const CREATES = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?:["`[]?\w+["`\]]?\s*\.\s*)?["`[]?(\w+)["`\]]?/i;
const FEWEST_TABLES = 3;
const TRIED_FILES = 5;

function isBelowSorted(folder: string, listing: FileListing): boolean {
  for (let at = folder; at !== ""; at = folderOf(at)) if (hasObjectFolders(folderOf(at), listing)) return true;
  return false;
}

function objectFiles(folder: string, listing: FileListing): readonly string[] {
  return scriptsBelow(folder, listing).filter((path) => !DEPLOYMENT.test(path.slice(folder.length)));
}

function scriptsBelow(folder: string, listing: FileListing): readonly string[] {
  const start = folder === "" ? "" : `${folder}/`;
  return listing.paths.filter((path) => path.startsWith(start) && /\.sql$/i.test(path)).sort(compareText);
}
