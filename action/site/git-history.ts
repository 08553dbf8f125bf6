import type { SiteCommit } from "#generators/site-data/contract.ts";
import { placeKey } from "#generators/site-data/site-facts.ts";
import type { SourceRef } from "#schemas/source.ts";
import { git, GitError } from "../workspace/git-process.ts";

/** Files that are read line by line; each costs a call of git. A history of one file a migration needs none. */
const MOST_BLAMED = 200;

/**
 * The commit that each place comes from, by `placeKey`. A file of one commit is that commit's; of others the line decides.
 * Places that are not committed have none, nor those that a shallow clone does not reach, nor any without git.
 */
export async function commitsOf(root: string, places: readonly SourceRef[]): Promise<Record<string, SiteCommit>> {
  const files = [...new Set(places.map(({ file }) => file))].sort();
  if (files.length === 0) return {};
  try {
    const log = await readLog(root, files);
    const edited = await editedFiles(root);
    const found: Record<string, SiteCommit> = {};
    let blamed = 0;
    for (const file of files) {
      const commits = log.byFile.get(file) ?? [];
      const [only, second] = commits;
      const own = places.filter((place) => place.file === file);
      if (only && second === undefined && !edited.has(file)) {
        for (const place of own) found[placeKey(place)] = only;
        continue;
      }
      if (commits.length === 0 || blamed >= MOST_BLAMED) continue;
      blamed += 1;
      const lines = await blame(root, file);
      for (const place of own) {
        const commit = log.byId.get(lines.get(place.line) ?? "");
        if (commit) found[placeKey(place)] = commit;
      }
    }
    return found;
  } catch (error) {
    if (error instanceof GitError) return {};
    throw error;
  }
}

interface Log {
  readonly byFile: ReadonlyMap<string, readonly SiteCommit[]>;
  readonly byId: ReadonlyMap<string, SiteCommit>;
}

async function readLog(root: string, files: readonly string[]): Promise<Log> {
  const isShallow = (await text(root, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
  const folders = [...new Set(files.map((file) => file.split("/").slice(0, -1).join("/") || "."))];
  const format = ["%x01%H", "%P", "%cs", "%s"].join("%x02");
  const printed = await text(root, [
    "-c",
    "core.quotePath=false",
    "log",
    `--format=${format}`,
    "--name-only",
    "--relative",
    "--",
    ...folders,
  ]);
  const byFile = new Map<string, SiteCommit[]>();
  const byId = new Map<string, SiteCommit>();
  for (const entry of printed.split("\u0001").slice(1)) {
    const [head = "", ...names] = entry.split("\n");
    const [id = "", parents = "", date = "", subject = ""] = head.split("\u0002");
    // Where a shallow clone ends, everything seems to begin.
    if (isShallow && parents === "") continue;
    const commit: SiteCommit = { id, date, subject, pull: pullOf(subject) };
    byId.set(id, commit);
    for (const name of names) if (name !== "") byFile.set(name, [...(byFile.get(name) ?? []), commit]);
  }
  return { byFile, byId };
}

/** GitHub writes the number of the pull request into what it merges. */
function pullOf(subject: string): number | null {
  const found = /\(#(\d{1,9})\)$/.exec(subject) ?? /^Merge pull request #(\d{1,9})\b/.exec(subject);
  return found ? Number(found[1]) : null;
}

async function editedFiles(root: string): Promise<ReadonlySet<string>> {
  const names = await text(root, ["-c", "core.quotePath=false", "diff", "--name-only", "--relative", "HEAD"]);
  return new Set(names.split("\n"));
}

/** The commit of each line as it is on disk, from 1. */
async function blame(root: string, file: string): Promise<ReadonlyMap<number, string>> {
  const printed = await text(root, ["blame", "--porcelain", "--", file]);
  const lines = new Map<number, string>();
  for (const line of printed.split("\n")) {
    const found = /^([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$/.exec(line);
    if (found) lines.set(Number(found[2]), found[1] ?? "");
  }
  return lines;
}

async function text(root: string, args: readonly string[]): Promise<string> {
  return (await git(root, args)).toString("utf8");
}
