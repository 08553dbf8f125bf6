import type { ProcessResult } from "./run-process.ts";

/** Runs git with these words in the checkout's folder. */
export type Git = (words: readonly string[], input?: string) => Promise<ProcessResult>;

/** The commit that is worked on, and the one that it comes on top of. */
export interface CheckedOut {
  readonly base: string;
  /** Commit that is checked out: the merge, or the head where there is none. */
  readonly commit: string;
}

/** What git must not do in a folder whose content a stranger wrote. */
const SAFE_SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.symlinks=false",
  "protocol.allow=never",
  "protocol.https.allow=always",
  "protocol.http.allow=always",
  "submodule.recurse=false",
  "core.fsmonitor=false",
  "gc.auto=0",
];

export const safeWords = (words: readonly string[]): readonly string[] => [
  ...SAFE_SETTINGS.flatMap((setting) => ["-c", setting]),
  ...words,
];

/**
 * Checks a pull request out as GitHub's own runner does: the merge of its head with the base as it is now, so that what
 * the base has gained since is nobody's change. Where they do not merge, the head on top of where it began. Throws when
 * git fails.
 */
export async function checkoutPull(
  git: Git,
  {
    url,
    number,
    baseBranch,
    head,
  }: { readonly url: string; readonly number: number; readonly baseBranch: string; readonly head: string },
): Promise<CheckedOut> {
  const refs = [`+refs/heads/${baseBranch}:refs/app/base`, `+refs/pull/${number}/head:refs/app/head`];
  await must(git, ["init", "--quiet"]);
  await must(git, ["fetch", "--quiet", "--no-tags", "--", url, ...refs]);
  const tip = (await must(git, ["rev-parse", "refs/app/base"])).trim();
  const merged = await git(["merge-tree", "--write-tree", tip, head]);
  if (merged.code === 0) {
    const [tree = ""] = merged.out.split("\n");
    const commit = (await must(git, ["commit-tree", tree, "-p", tip, "-p", head], "Merge\n")).trim();
    await must(git, ["checkout", "--quiet", "--force", "--detach", commit]);
    return { base: tip, commit };
  }
  const base = (await must(git, ["merge-base", tip, head])).trim();
  await must(git, ["checkout", "--quiet", "--force", "--detach", head]);
  return { base, commit: head };
}

/** Checks a branch out with its history. Throws when git fails. */
export async function checkoutBranch(
  git: Git,
  { url, branch }: { readonly url: string; readonly branch: string },
): Promise<CheckedOut> {
  await must(git, ["init", "--quiet"]);
  await must(git, ["fetch", "--quiet", "--no-tags", "--", url, `+refs/heads/${branch}:refs/app/base`]);
  const commit = (await must(git, ["rev-parse", "refs/app/base"])).trim();
  await must(git, ["checkout", "--quiet", "--force", "--detach", commit]);
  return { base: commit, commit };
}

/** Checks two commits of a merge queue out. Throws when git fails. */
export async function checkoutGroup(
  git: Git,
  { url, base, head }: { readonly url: string; readonly base: string; readonly head: string },
): Promise<CheckedOut> {
  await must(git, ["init", "--quiet"]);
  await must(git, ["fetch", "--quiet", "--no-tags", "--", url, base, head]);
  await must(git, ["checkout", "--quiet", "--force", "--detach", head]);
  return { base, commit: head };
}

async function must(git: Git, words: readonly string[], input?: string): Promise<string> {
  const { code, out, said } = await git(words, input);
  if (code === 0) return out;
  throw new Error(`git ${words[0] ?? ""} failed: ${said.trim().split("\n").slice(-2).join(" · ").slice(0, 300)}`);
}
