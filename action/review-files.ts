import { relative, resolve } from "node:path";
import picomatch from "picomatch/posix.js";
import { decodeText } from "#schemas/languages/decode.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { MigrationFile, TransactionMode } from "#schemas/source.ts";
import { noSuchFile, readNamedFiles } from "./named-files.ts";
import { notOnDisk } from "./not-on-disk.ts";
import { openProject, type Project, type ProjectDatabase, type ProjectWorld } from "./project.ts";
import { databaseIn } from "./read-database.ts";
import { GitError } from "./workspace/git-process.ts";
import { gitWorkspace } from "./workspace/git-workspace.ts";

/** What a review is about: the history before, and the files that come on top of it. */
export interface ReviewScope {
  readonly base: readonly MigrationFile[];
  readonly reviewed: readonly MigrationFile[];
  /**
   * Files that belong to no history that is known, in the groups that are reviewed together. What they take for granted
   * is presumed to be there, and to be large.
   */
  readonly lone?: readonly (readonly MigrationFile[])[];
  /** The text of a file before, null when there was none; absent when there is no before. */
  readonly before?: (path: string) => Promise<string | null>;
}

export interface ScopeOptions {
  /** Paths and globs as typed, relative to the current folder. */
  readonly words: readonly string[];
  /** Each file is a migration of its own, whatever the others do. */
  readonly independent?: boolean;
  /** Git revision whose history is the base. */
  readonly revision?: string;
}

/** The files under review: those named, else those that the revision does not have. Throws `ProblemError`. */
export async function reviewScope(
  project: Project,
  database: ProjectDatabase,
  options: ScopeOptions,
): Promise<ReviewScope> {
  const { words, revision } = options;
  const isLone = database.files.length === 0 || options.independent === true;
  if (words.length > 0 && isLone) return loneScope(project, database, words, options.independent === true);
  if (words.length > 0) return namedScope(project, database, words);
  if (revision !== undefined) return changedScope(project, database, revision);
  for (const candidate of DEFAULT_BRANCHES) {
    const scope = await changedScope(project, database, candidate).catch((error: unknown) => {
      if (error instanceof ProblemError && error.cause instanceof GitError) return null;
      throw error;
    });
    if (scope) return scope;
  }
  throw new ProblemError([nothingToCompare()], 2);
}

const DEFAULT_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"] as const;

async function namedScope(project: Project, database: ProjectDatabase, words: readonly string[]): Promise<ReviewScope> {
  const patterns = words.map((word) => relative(project.root, resolve(project.root, word)).replaceAll("\\", "/"));
  const matches = picomatch(patterns, { dot: true });
  const named = project.listing.paths.filter((path) => patterns.includes(path) || matches(path));
  const missing = words.filter((_, index) => {
    const pattern = patterns[index] ?? "";
    return !named.some((path) => path === pattern || picomatch(pattern, { dot: true })(path));
  });
  if (missing.length > 0) throw new ProblemError(missing.map(noSuchFile), 2);
  const reviewed: MigrationFile[] = [];
  const own = new Map(database.files.map((file) => [file.path, file]));
  // A file outside the history runs as its last file does.
  const transaction: TransactionMode = database.files.at(-1)?.transaction ?? "file";
  for (const path of named.filter((candidate) => !own.has(candidate))) {
    const { value, problems } = await project.listing.read(path);
    if (!value) throw new ProblemError(problems, 2);
    reviewed.push({ ...value, version: path, transaction });
  }
  const inHistory = database.files.filter(({ path }) => named.includes(path));
  const last = database.files.findLastIndex(({ path }) => named.includes(path));
  const before = inHistory.length > 0 ? database.files.slice(0, last) : database.files;
  return { base: before.filter(({ path }) => !named.includes(path)), reviewed: [...inHistory, ...reviewed] };
}

/** Named files that no history holds; `-` is what comes in by standard input. */
async function loneScope(
  project: Project,
  database: ProjectDatabase,
  words: readonly string[],
  independent: boolean,
): Promise<ReviewScope> {
  const own = new Map(database.files.map((file) => [file.path, file]));
  const found = await readNamedFiles(project, words);
  const files = found.map(
    (file): MigrationFile =>
      (independent ? undefined : own.get(file.path)) ?? { ...file, version: file.path, transaction: "none" },
  );
  const named = new Set(files.map(({ path }) => path));
  return {
    base: database.files.filter(({ path }) => !named.has(path)),
    reviewed: files,
    lone: independent ? files.map((file) => [file]) : [files],
  };
}

/** What the working tree has and the revision has not, or has otherwise. */
async function changedScope(project: Project, database: ProjectDatabase, revision: string): Promise<ReviewScope> {
  const workspace = await gitWorkspace({ cwd: project.root, revision }).catch((error: unknown) => {
    if (error instanceof GitError) throw new ProblemError([noSuchRevision(revision)], 2, error);
    throw error;
  });
  const before: NonNullable<ReviewScope["before"]> = async (path) => {
    const bytes = await workspace.read(path);
    return bytes && (decodeText(bytes, path).value ?? null);
  };
  // What runs has no revision: none of it is new.
  if (database.live) return { before, base: database.files, reviewed: [] };
  const base = await baseFiles({ ...project, workspace, trust: notOnDisk }, database);
  // A file may hold several steps; one that only moved within it is no new one.
  const key = ({ path, version }: MigrationFile): string => JSON.stringify([path, version]);
  const known = new Map(base.map((file) => [key(file), file.text.trim()]));
  const isKnown = (file: MigrationFile): boolean =>
    file.isPrelude === true || known.get(key(file)) === file.text.trim();
  return {
    before,
    base: database.files.filter((file) => isKnown(file)),
    reviewed: database.files.flatMap((file, at) => {
      if (isKnown(file)) return [];
      if (known.has(key(file))) return [{ ...file, history: { kind: "edited" } as const }];
      // The first file of the base that runs behind it has run already.
      const before = database.files.slice(at + 1).find((other) => other.isPrelude !== true && known.has(key(other)));
      return [before ? { ...file, history: { kind: "out of order", before: before.path } as const } : file];
    }),
  };
}

/**
 * The history of the same database in another revision: of the one that most of its files belong to, since the change
 * itself may give the database its name, or the name of another. Where no file is shared the name decides.
 */
async function baseFiles(
  world: Pick<Project, "config"> & ProjectWorld,
  { settings, files }: ProjectDatabase,
): Promise<readonly MigrationFile[]> {
  const own = new Set(files.map(({ path }) => path));
  const ranked = (await openedOrNone(world)).map((database) => ({
    database,
    shared: database.files.filter(({ path }) => own.has(path)).length,
    isNamed: database.settings.id === settings.id,
  }));
  const [best] = ranked.toSorted((a, b) => b.shared - a.shared || Number(b.isNamed) - Number(a.isNamed));
  if (best && best.shared > 0) return best.database.files;
  // Sources that were named for this run are in nobody's configuration: they are looked for where they are now.
  const asNow = await databaseIn(world, settings);
  if (asNow.files.some(({ path }) => own.has(path))) return asNow.files;
  return best?.isNamed ? best.database.files : [];
}

/** The databases of a revision; none when it has no schema, as before the first commit with one. */
async function openedOrNone(world: ProjectWorld): Promise<readonly ProjectDatabase[]> {
  try {
    return (await openProject(world)).databases;
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}

function noSuchRevision(revision: string): Problem {
  return {
    code: "QG121",
    severity: "error",
    message: `git knows no revision "${revision}"`,
    help: "In a shallow clone older revisions are missing: fetch with --unshallow (in a workflow, fetch-depth: 0).",
  };
}

function nothingToCompare(): Problem {
  return {
    code: "QG120",
    severity: "error",
    message: "review does not know what is new: no files were named and there is no default branch to compare with",
    help: "querygenie review migrations/0031_x.sql, or querygenie review --base <revision>.",
  };
}
