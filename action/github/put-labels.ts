import type { Octokit } from "@octokit/rest";
import { statusOf } from "./github-failure.ts";
import type { PullRequestState, Repository } from "./pull-request-state.ts";

/** The labels we give and take; others are never touched. */
export const ownLabels = { changes: "database", unsafe: "database: unsafe" } as const;

/**
 * Gives a pull request exactly these of our labels. True when it has them; a token that may not label is no failure,
 * for labels only sort a list.
 */
export async function putLabels(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  { number, labels }: Pick<PullRequestState, "number" | "labels">,
  wanted: readonly string[],
): Promise<boolean> {
  const place = { owner, repo, issue_number: number };
  const missing = wanted.filter((label) => !labels.includes(label));
  const extra = Object.values(ownLabels).filter((label) => labels.includes(label) && !wanted.includes(label));
  try {
    if (missing.length > 0) await octokit.rest.issues.addLabels({ ...place, labels: missing });
    for (const name of extra) await octokit.rest.issues.removeLabel({ ...place, name });
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return false;
    throw error;
  }
}
