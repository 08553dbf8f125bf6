import type { FakeRepository } from "./fake-state.ts";

/** Why GitHub does not let this branch be written by a client; null when it does. */
export function branchFault({ protectedBranches }: FakeRepository, branch: string): string | null {
  if (!protectedBranches.has(branch)) return null;
  return "Repository rule violations found\n\nChanges must be made through a pull request.\n\n";
}

export interface BranchMove {
  readonly branch: string;
  readonly sha: string;
  readonly force: boolean;
}

/** Moves a branch and the open pull requests from it; false when that is not a fast forward and not forced. */
export function moveBranch(repository: FakeRepository, { branch, sha, force }: BranchMove): boolean {
  const { bare } = repository;
  const old = bare.resolve(`refs/heads/${branch}`);
  if (!force && old !== null && bare.git(["merge-base", old, sha]).trim() !== old) return false;
  bare.setRef(`refs/heads/${branch}`, sha);
  syncPulls(repository);
  return true;
}

/** GitHub keeps `refs/pull/N/head` at the branch of an open pull request. */
export function syncPulls({ bare, pulls, owner, name }: FakeRepository): void {
  for (const pull of pulls) {
    if (pull.state !== "open" || pull.headRepo !== `${owner}/${name}`) continue;
    const head = bare.resolve(`refs/heads/${pull.headRef}`);
    if (head !== null) bare.setRef(`refs/pull/${pull.number}/head`, head);
  }
}
