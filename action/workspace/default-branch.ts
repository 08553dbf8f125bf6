import { git, GitError } from "./git-process.ts";

/**
 * The branch that a repository's server calls its default, as the clone remembers it; without a server the branch that
 * is checked out; `main` where there is no repository.
 */
export async function defaultBranch(cwd: string): Promise<string> {
  const remote = await symbolicRef(cwd, "refs/remotes/origin/HEAD");
  if (remote?.startsWith("refs/remotes/origin/") === true) return remote.slice("refs/remotes/origin/".length);
  const local = await symbolicRef(cwd, "HEAD");
  return local?.startsWith("refs/heads/") === true ? local.slice("refs/heads/".length) : "main";
}

async function symbolicRef(cwd: string, name: string): Promise<string | null> {
  try {
    return (await git(cwd, ["symbolic-ref", "--quiet", name])).toString("utf8").trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}
