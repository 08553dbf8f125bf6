import type { Workspace } from "#schemas/ports.ts";
import { blobReader } from "./blob-reader.ts";
import { git } from "./git-process.ts";

export interface GitWorkspaceOptions {
  /** A folder of the repository; paths are relative to it. */
  readonly cwd: string;
  /** Commit, branch or tag. */
  readonly revision: string;
}

/**
 * A revision of a git repository, read without touching the working tree. Links are not followed: they are listed by no
 * one and read as no file. Throws a `GitError` when the revision does not exist.
 */
export async function gitWorkspace({ cwd, revision }: GitWorkspaceOptions): Promise<Workspace> {
  // `--end-of-options` keeps a revision such as `--output=x` from being read as an option.
  const commit = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  const listed = await git(cwd, ["ls-tree", "-r", "-z", commit.toString("utf8").trim()]);
  const blobs = new Map(listed.toString("utf8").split("\0").flatMap(blobOf));
  const paths = [...blobs.keys()].sort();
  const reader = blobReader(cwd);
  return {
    list: async (folder = "") => (folder === "" ? paths : paths.filter((path) => path.startsWith(`${folder}/`))),
    read: async (path) => {
      const id = blobs.get(path);
      return id === undefined ? null : reader(id);
    },
    exists: async (path) => blobs.has(path),
  };
}

/** `<mode> blob <id>\t<path>`. Mode 120000 is a link, 160000 a submodule: neither is a file of this tree. */
function blobOf(line: string): readonly (readonly [string, string])[] {
  const match = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line);
  const [, id = "", path = ""] = match ?? [];
  return match && !path.split("/").includes("node_modules") ? [[path, id]] : [];
}
