import type { Octokit } from "@octokit/rest";
import { at } from "./github-failure.ts";
import type { Repository } from "./pull-request-state.ts";

export interface PullRequestBranch {
  /** Owner of the repository that holds the branch. */
  readonly owner: string;
  readonly branch: string;
  /** Commit the branch must be at. */
  readonly head: string;
}

/** The open pull request of a branch at a commit. GitHub says which, not the run it is about. Throws `ProblemError`. */
export async function findPullRequest(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  { owner: headOwner, branch, head }: PullRequestBranch,
): Promise<number | null> {
  const doing = { what: "find the pull request of the run", needs: "pull-requests: write" };
  const { data } = await at(doing, () =>
    octokit.rest.pulls.list({ owner, repo, state: "open", head: `${headOwner}:${branch}`, per_page: 100 }),
  );
  return data.find((pull) => pull.head.sha === head)?.number ?? null;
}
