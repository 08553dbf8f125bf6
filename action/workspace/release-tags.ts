import { git, GitError } from "./git-process.ts";

export interface ReleaseTag {
  readonly name: string;
  /** Day it was made, as YYYY-MM-DD. */
  readonly date: string;
}

export interface ReleaseTagsOptions {
  /** A folder of the repository. */
  readonly cwd: string;
  /** Which tags count, with stars as git reads them, such as `v*`. */
  readonly pattern: string;
  /** Most tags, the newest ones. */
  readonly limit: number;
}

/**
 * Tags on the way to the current commit, oldest first; of several on one commit the longest name, for `v1` moves and
 * `v1.4.2` stays. None outside a git repository or before its first commit.
 */
export async function releaseTags({ cwd, pattern, limit }: ReleaseTagsOptions): Promise<readonly ReleaseTag[]> {
  const format = "%(refname:strip=2)%00%(creatordate:short)%00%(objectname)%00%(*objectname)";
  const args = ["for-each-ref", "--merged=HEAD", "--sort=creatordate", `--format=${format}`, `refs/tags/${pattern}`];
  const listed = await git(cwd, args).catch((error: unknown) => {
    if (error instanceof GitError) return Buffer.alloc(0);
    throw error;
  });
  const byCommit = new Map<string, ReleaseTag>();
  for (const line of listed.toString("utf8").split("\n")) {
    const [name = "", date = "", object = "", peeled = ""] = line.split("\0");
    if (name === "") continue;
    const commit = peeled === "" ? object : peeled;
    const known = byCommit.get(commit);
    // Taken out first, so that it stands where the later of the two does.
    byCommit.delete(commit);
    byCommit.set(commit, known && known.name.length > name.length ? known : { name, date });
  }
  return [...byCommit.values()].slice(-limit);
}
