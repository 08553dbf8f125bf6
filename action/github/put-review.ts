import type { Octokit } from "@octokit/rest";
import type { Finding } from "#schemas/finding.ts";
import { diffRanges, type LineRange } from "./diff-lines.ts";
import { at } from "./github-failure.ts";
import { needsDiff, planReview } from "./plan-review.ts";
import type { PullRequestState, Repository } from "./pull-request-state.ts";

export interface ReviewRequest {
  readonly findings: readonly Finding[];
  /** Commit that was reviewed. */
  readonly commit: string;
  readonly textOf: (path: string) => string | null;
  readonly ruleUrl?: ((rule: string) => string) | undefined;
}

export interface PutReview {
  readonly commented: number;
  readonly minimized: number;
  readonly restored: number;
  /** New findings without a comment of their own; the report has them. */
  readonly left: number;
}

const doing = { what: "comment at the lines of the pull request", needs: "pull-requests: write" };

/** Brings the comments at the lines up to date, new ones in one review that never approves or blocks. Throws `ProblemError`. */
export async function putReview(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  state: PullRequestState,
  { findings, commit, textOf, ruleUrl }: ReviewRequest,
): Promise<PutReview> {
  const place = { owner, repo, pull_number: state.number };
  const diff = needsDiff(findings, state.threads) ? await readDiff(octokit, place) : new Map<string, never>();
  const plan = planReview({ findings, threads: state.threads, diff, textOf, ruleUrl });
  if (plan.comments.length > 0) {
    const comments = plan.comments.map(({ path, lines, body }) => ({
      path,
      body,
      line: lines.end,
      side: "RIGHT",
      ...(lines.start < lines.end ? { start_line: lines.start, start_side: "RIGHT" } : {}),
    }));
    await at(doing, () => octokit.rest.pulls.createReview({ ...place, commit_id: commit, event: "COMMENT", comments }));
  }
  for (const { nodeId } of plan.minimize) await at(doing, () => octokit.graphql(MINIMIZE, { id: nodeId }));
  for (const { nodeId } of plan.restore) await at(doing, () => octokit.graphql(RESTORE, { id: nodeId }));
  return {
    commented: plan.comments.length,
    minimized: plan.minimize.length,
    restored: plan.restore.length,
    left: plan.left,
  };
}

async function readDiff(
  octokit: Octokit,
  place: { readonly owner: string; readonly repo: string; readonly pull_number: number },
): Promise<ReadonlyMap<string, readonly LineRange[]>> {
  const reading = { what: "read the files of the pull request", needs: "pull-requests: write" };
  const files = await at(reading, () => octokit.paginate(octokit.rest.pulls.listFiles, { ...place, per_page: 100 }));
  // A large or binary file comes without its patch; comments cannot stand on it.
  return new Map(files.flatMap(({ filename, patch }) => (patch ? [[filename, diffRanges(patch)] as const] : [])));
}

export const MINIMIZE: string = `mutation MinimizeComment($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { clientMutationId }
}`;

export const RESTORE: string = `mutation UnminimizeComment($id: ID!) {
  unminimizeComment(input: { subjectId: $id }) { clientMutationId }
}`;
