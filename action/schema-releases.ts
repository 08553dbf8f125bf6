import type { Release } from "#generators/changes/release.ts";
import { tablePast } from "#generators/erd/table-past.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { ProblemError, type Problem, type WithProblems } from "#schemas/problem.ts";
import { modelOf } from "./compare-live.ts";
import { notOnDisk } from "./not-on-disk.ts";
import { openProject, type OpenOptions, type Project, type ProjectDatabase } from "./project.ts";
import { gitWorkspace } from "./workspace/git-workspace.ts";
import { releaseTags } from "./workspace/release-tags.ts";

export interface SchemaReleasesOptions {
  /** Which tags count, such as `v*`. */
  readonly pattern: string;
  /** Most releases, the newest ones. */
  readonly last: number;
  /** How the project was opened. */
  readonly open?: Pick<OpenOptions, "flags" | "configPath">;
  /** The schema as it is, when the caller has read it already. */
  readonly current?: SchemaModel;
}

/**
 * What each release did to a database's schema, newest first, and what is not released yet when that is something. Each
 * tag's own migrations are read; what the cache has is not run again. A tag whose schema cannot be read is left out and
 * told.
 */
export async function schemaReleases(
  project: Project,
  database: ProjectDatabase,
  { pattern, last, open = {}, current }: SchemaReleasesOptions,
): Promise<WithProblems<readonly Release[]>> {
  // One more, to compare the oldest with.
  const tags = await releaseTags({ cwd: project.root, pattern, limit: last + 1 });
  if (tags.length === 0 || last === 0) return { value: [], problems: [] };
  const releases: Release[] = [];
  const problems: Problem[] = [];
  let before: SchemaModel | null = null;
  project.progress.start("releases", tags.length);
  for (const [at, { name, date }] of tags.entries()) {
    const read = await modelAt(project, database, { name, open });
    project.progress.step("releases", at + 1);
    problems.push(...read.problems);
    if (!read.value) continue;
    releases.push({ name, date, ...since(before, read.value) });
    before = read.value;
  }
  project.progress.finish("releases", `${releases.length} of ${tags.length} read`);
  const now = current ?? (await modelOf(project, database)).model;
  const news = before ? since(before, now) : null;
  if (news?.changes?.length) releases.push({ name: null, date: null, ...news });
  const isWhole = tags.length <= last;
  return { value: (isWhole ? releases : releases.slice(1)).toReversed(), problems };
}

function since(before: SchemaModel | null, model: SchemaModel): Pick<Release, "changes" | "tables" | "past"> {
  const tables = model.tables.filter(({ partitionOf }) => partitionOf === undefined).length;
  if (before === null) return { changes: null, tables };
  const changes = diffModels(before, model);
  return { changes, tables, past: tablePast(before, model, changes) };
}

async function modelAt(
  project: Project,
  { settings }: ProjectDatabase,
  { name, open }: { readonly name: string; readonly open: Pick<OpenOptions, "flags" | "configPath"> },
): Promise<WithProblems<SchemaModel | null>> {
  try {
    const workspace = await gitWorkspace({ cwd: project.root, revision: `refs/tags/${name}` });
    const then = await openProject({ ...project, workspace, trust: notOnDisk }, open);
    // A database may have had another id then; where there was one only, it is meant.
    const [only, ...others] = then.databases;
    const same = then.databases.find((one) => one.settings.id === settings.id);
    const meant = same ?? (others.length === 0 ? only : undefined);
    if (meant) return { value: (await modelOf(then, meant)).model, problems: [] };
    return { value: null, problems: [leftOut(name, `it has no database "${settings.id}"`)] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { value: null, problems: [leftOut(name, error.problems[0]?.message ?? "its schema cannot be read")] };
  }
}

function leftOut(tag: string, why: string): Problem {
  return {
    code: "QG224",
    severity: "info",
    message: `the release ${tag} is left out of the history: ${why}`,
    help: "The release after it is compared with the one before it.",
  };
}
