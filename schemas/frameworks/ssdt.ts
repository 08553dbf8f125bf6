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
  rule: "every .sql file below a .sqlproj, or below folders named tables, views and so on, ordered by what builds on what: types, tables, foreign keys, views, routines; scripts that run before or after a deployment are left out.",
  kind: "dump",
  async detect(folder, listing) {
    const isProject = hasProject(folder, listing);
    if (!isProject && (!hasObjectFolders(folder, listing) || isBelowProject(folder, listing))) return [];
    const paths = objectFiles(folder, listing);
    if (paths.length === 0) return [];
    const engine = await engineOfFiles(listing, paths);
    const why = isProject ? "a .sqlproj" : "folders named after kinds of objects";
    const score = isProject ? scores.lock : scores.name;
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

function objectFiles(folder: string, listing: FileListing): readonly string[] {
  return scriptsBelow(folder, listing).filter((path) => !DEPLOYMENT.test(path.slice(folder.length)));
}

function scriptsBelow(folder: string, listing: FileListing): readonly string[] {
  const start = folder === "" ? "" : `${folder}/`;
  return listing.paths.filter((path) => path.startsWith(start) && /\.sql$/i.test(path)).sort(compareText);
}
