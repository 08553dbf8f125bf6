import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Workspace } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { folderWorkspace } from "./folder-workspace.ts";
import { GitError } from "./git-process.ts";
import { gitWorkspace } from "./git-workspace.ts";

export interface RevisionWorkspace {
  readonly workspace: Workspace;
  /** Set when the place is one file: it is the only source then. */
  readonly source?: string;
}

/** The tree that a word on the command line means: a file, a folder, else a git revision. Throws `ProblemError`. */
export async function revisionWorkspace(root: string, place: string): Promise<RevisionWorkspace> {
  const path = resolve(root, place);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return { workspace: folderWorkspace(path) };
  if (found?.isFile()) return { workspace: folderWorkspace(dirname(path)), source: basename(path) };
  try {
    return { workspace: await gitWorkspace({ cwd: root, revision: place }) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw unknownPlace(place, error);
  }
}

function unknownPlace(place: string, cause: GitError): ProblemError {
  return new ProblemError(
    [
      {
        code: "QG121",
        severity: "error",
        message: `"${place}" is no file, folder or git revision`,
        help: "In a shallow clone older revisions are missing: fetch with --unshallow (in a workflow, fetch-depth: 0).",
      },
    ],
    2,
    cause,
  );
}
